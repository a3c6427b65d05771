package io.github.cdimqtt.internal.packet;

import org.jspecify.annotations.Nullable;

/** Writes what follows the fixed header of a CONNECT (MQTT 3.1.1 and 5.0, sections 3.1.2 and 3.1.3). */
final class ConnectEncoder {
    private static final int CLEAN_SESSION = 0x02;
    private static final int WILL = 0x04;
    private static final int WILL_RETAIN = 0x20;
    private static final int PASSWORD = 0x40;
    private static final int USERNAME = 0x80;

    private ConnectEncoder() {}

    static ByteWriter content(Packet.Connect connect) {
        ByteWriter content = new ByteWriter(256);
        Packet.Will will = connect.will();
        String username = username(connect);
        content.addText(connect.version().protocolName());
        content.add8(connect.version().level());
        content.add8((connect.cleanSession() ? CLEAN_SESSION : 0)
                | (will == null ? 0 : WILL | will.qos().level() << 3 | (will.retain() ? WILL_RETAIN : 0))
                | (username == null ? 0 : USERNAME)
                | (connect.password() == null ? 0 : PASSWORD));
        content.add16(connect.keepAlive());
        if (connect.version().hasProperties()) {
            of(connect.properties()).writeTo(content);
        }
        content.addText(connect.clientId());
        if (will != null) {
            if (connect.version().hasProperties()) {
                of(will).writeTo(content);
            }
            content.addText(will.topic());
            content.addField(will.payload());
        }
        addText(content, username);
        addText(content, connect.password());
        return content;
    }

    /** On MQTT 3.1.1 a password needs a user name [MQTT-3.1.2-22]. */
    private static @Nullable String username(Packet.Connect connect) {
        boolean needed = connect.password() != null && !connect.version().hasProperties();
        return connect.username() == null && needed ? "" : connect.username();
    }

    private static void addText(ByteWriter content, @Nullable String text) {
        if (text != null) {
            content.addText(text);
        }
    }

    private static PropertyWriter of(ConnectProperties properties) {
        return new PropertyWriter()
                .add(Property.SESSION_EXPIRY_INTERVAL, properties.sessionExpiry(), 0)
                .add(Property.RECEIVE_MAXIMUM, properties.receiveMaximum(), Terms.MOST_UNACKNOWLEDGED)
                .add(Property.MAXIMUM_PACKET_SIZE, properties.maximumPacketSize(), 0)
                .add(Property.TOPIC_ALIAS_MAXIMUM, properties.topicAliasMaximum(), 0)
                .add(Property.REQUEST_RESPONSE_INFORMATION, properties.responseInformation() ? 1 : 0, 0)
                .add(properties.user())
                .add(Property.AUTHENTICATION_METHOD, properties.authenticationMethod())
                .add(Property.AUTHENTICATION_DATA, properties.authenticationData());
    }

    private static PropertyWriter of(Packet.Will will) {
        return new PropertyWriter()
                .add(Property.WILL_DELAY_INTERVAL, will.delay(), 0)
                .add(will.properties());
    }
}
