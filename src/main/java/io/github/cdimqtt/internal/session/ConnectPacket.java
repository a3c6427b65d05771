package io.github.cdimqtt.internal.session;

import io.github.cdimqtt.LastWill;
import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.MqttProperties;
import io.github.cdimqtt.MqttReason;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.packet.ConnectProperties;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.internal.packet.ProtocolVersion;
import io.github.cdimqtt.internal.packet.Terms;
import io.github.cdimqtt.internal.value.Limits;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes the CONNECT of a session (MQTT 3.1.1 and 5.0, section 3.1): from its settings, and what the broker said when it accepted
 * the connection before. Thread-safe.
 */
final class ConnectPacket {
    private static final String DEFAULT_REPLY_TOPIC =
            MqttConfig.builder().build().replyTopic();

    private final MqttConfig config;
    private final ProtocolVersion version;
    private final IntSupplier topicAliasMaximum;
    private final boolean responseInformation;
    private volatile String clientId;
    private volatile boolean sessionBegun;

    /**
     * Creates it for the first connection.
     *
     * @param config with the client identifier in place of its placeholder
     * @param topicAliasMaximum asked for the highest topic alias that the broker may send, with each connection
     */
    ConnectPacket(MqttConfig config, String clientId, IntSupplier topicAliasMaximum) {
        this.config = config;
        this.topicAliasMaximum = topicAliasMaximum;
        this.version = ProtocolVersion.of(config.protocolVersion());
        this.responseInformation = config.replyTopic().equals(DEFAULT_REPLY_TOPIC.replace("{client-id}", clientId));
        this.clientId = clientId;
    }

    /** Returns the client identifier: the one of the settings, or the one that the broker assigned in its place. */
    String clientId() {
        return clientId;
    }

    /** The broker accepted a connection: a session that it keeps is the one to come back to. */
    void accepted(Terms terms) {
        sessionBegun = true;
        String assigned = terms.assignedClientId();
        if (assigned != null) {
            clientId = assigned; // [MQTT-3.2.2-16]
        }
    }

    /** Returns the packet with the user name, the password and the first step of an authentication; null for none. */
    Packet.Connect with(@Nullable String username, @Nullable String password, Packet.@Nullable Auth authentication) {
        boolean forget = config.cleanSession() && !(sessionBegun && config.sessionKept());
        return new Packet.Connect(
                version,
                forget,
                (int) config.keepalive().toSeconds(),
                clientId,
                will(),
                username,
                password,
                version.hasProperties() ? properties(authentication) : ConnectProperties.NONE);
    }

    /** Returns the last packet of the application's life: a session that begins with the application also ends with it. */
    Packet.Disconnect lastDisconnect() {
        boolean ends = config.cleanSession() && config.sessionKept();
        return ends ? new Packet.Disconnect(MqttReason.SUCCESS, 0) : new Packet.Disconnect();
    }

    private ConnectProperties properties(Packet.@Nullable Auth authentication) {
        return new ConnectProperties(
                config.sessionExpiry().toSeconds(),
                config.receiveMaximum(),
                config.maxMessageSize() == Limits.MAX_PACKET ? 0 : config.maxMessageSize(),
                topicAliasMaximum.getAsInt(),
                responseInformation,
                config.userProperties(),
                authentication == null ? null : authentication.method(),
                authentication == null ? null : authentication.data());
    }

    /** Returns the will; the presence topic takes the place of a last will. */
    private Packet.@Nullable Will will() {
        String presenceTopic = config.presenceTopic();
        LastWill will = config.lastWill();
        if (presenceTopic != null) {
            return will(presenceTopic, bytes("offline"), Qos.AT_LEAST_ONCE, true, MqttProperties.NONE);
        }
        return will == null
                ? null
                : will(will.topic(), ByteBuffer.wrap(will.payload()), will.qos(), will.retain(), will.properties());
    }

    private Packet.Will will(String topic, ByteBuffer payload, Qos qos, boolean retain, MqttProperties properties) {
        return new Packet.Will(
                topic, payload, qos, retain, properties, config.lastWillDelay().toSeconds());
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }
}
