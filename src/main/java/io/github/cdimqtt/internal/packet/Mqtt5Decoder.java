package io.github.cdimqtt.internal.packet;

import static io.github.cdimqtt.internal.packet.MalformedPacketException.PROTOCOL_ERROR;
import static io.github.cdimqtt.internal.packet.MalformedPacketException.TOPIC_NAME_INVALID;

import io.github.cdimqtt.MqttReason;
import io.github.cdimqtt.Qos;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Decodes the packets of a broker of MQTT 5 (MQTT 5.0, section 3). Not thread-safe. */
final class Mqtt5Decoder {
    private static final int FAILURE = 0x80;
    private static final int CONTINUE_AUTHENTICATION = 0x18;

    private static final int QOS = 0b0110;
    private static final int DUPLICATE = 0b1000;
    private static final int RETAIN = 0b0001;

    private final PacketReader reader;
    private final FieldReader fields = new FieldReader();

    Mqtt5Decoder(PacketReader reader) {
        this.reader = reader;
    }

    /** Returns the packet that was read last. */
    Packet decode() throws MalformedPacketException {
        int type = PacketType.of(reader.header());
        fields.begin(reader);
        checkHeader(type);
        Packet packet = switch (type) {
            case PacketType.CONNACK -> connAck();
            case PacketType.PUBLISH -> publish();
            case PacketType.PUBACK -> new Packet.PubAck(packetId(), reason(type));
            case PacketType.PUBREC -> new Packet.PubRec(packetId(), reason(type));
            case PacketType.PUBREL -> new Packet.PubRel(packetId(), reason(type));
            case PacketType.PUBCOMP -> new Packet.PubComp(packetId(), reason(type));
            case PacketType.SUBACK -> subAck();
            case PacketType.UNSUBACK -> unsubAck();
            case PacketType.PINGRESP -> new Packet.PingResp();
            case PacketType.DISCONNECT -> disconnect();
            default -> auth();
        };
        if (fields.remaining() > 0) {
            throw fields.malformed("that goes on behind its end");
        }
        return packet;
    }

    private void checkHeader(int type) throws MalformedPacketException {
        int flags = reader.header() & 0xf; // [MQTT-2.1.3-1]
        int expected = type == PacketType.PUBLISH ? flags : type == PacketType.PUBREL ? 0b0010 : 0;
        switch (type) {
            case 0 ->
                throw new MalformedPacketException(String.format(
                        Locale.ROOT, "what came is no packet of MQTT (first byte 0x%02x)", reader.header()));
            case PacketType.CONNECT, PacketType.SUBSCRIBE, PacketType.UNSUBSCRIBE, PacketType.PINGREQ ->
                throw fields.wrong("which no broker sends", PROTOCOL_ERROR);
            default -> {}
        }
        if (flags != expected) {
            throw fields.malformed("with flags that are reserved");
        }
        if (ByteWriter.lengthOfVariable(reader.end() - reader.body()) != reader.body() - reader.start() - 1) {
            throw fields.malformed("whose length has more bytes than needed"); // [MQTT-1.5.5-1]
        }
    }

    private Packet connAck() throws MalformedPacketException {
        int flags = fields.read8();
        int code = fields.read8();
        if (flags > 1) {
            throw fields.malformed("with flags that are reserved"); // [MQTT-3.2.2-1]
        }
        if (fields.remaining() == 0 && code == 0) {
            throw new MalformedPacketException("the broker answered as MQTT 3.1.1 does: set protocol-version=3.1.1");
        }
        if (fields.remaining() == 0) { // a broker that has no MQTT 5 refuses in its own way
            return code < FAILURE
                    ? new Packet.ConnAck(false, code)
                    : new Packet.ConnAck(false, code, new MqttReason(code), Terms.OF_3_1_1);
        }
        checkCode(code, code == 0); // [MQTT-3.2.2-8]
        PropertySet properties = PropertySet.read(fields, PacketType.CONNACK);
        return new Packet.ConnAck(flags == 1, code, properties.reason(code), Terms.of(properties));
    }

    private void checkCode(int code, boolean good) throws MalformedPacketException {
        if (!good && code < FAILURE) {
            throw fields.malformed(String.format(Locale.ROOT, "with the code 0x%02x, which MQTT does not have", code));
        }
    }

    private int packetId() throws MalformedPacketException {
        int id = fields.read16();
        if (id == 0) {
            throw fields.malformed("without a packet identifier");
        }
        return id;
    }

    private MqttReason reason(int type) throws MalformedPacketException {
        int code = code();
        return properties(type).reason(code);
    }

    /** Reads a reason code; a packet that ends before it has succeeded (MQTT 5.0, sections 3.4.2 and 3.14.2). */
    private int code() throws MalformedPacketException {
        return fields.remaining() == 0 ? 0 : fields.read8();
    }

    /** Reads properties; a packet that ends before them has none (MQTT 5.0, sections 3.4.2 and 3.14.2). */
    private PropertySet properties(int type) throws MalformedPacketException {
        return fields.remaining() == 0 ? PropertySet.NONE : PropertySet.read(fields, type);
    }

    private Packet subAck() throws MalformedPacketException {
        int id = packetId();
        MqttReason remark = PropertySet.read(fields, PacketType.SUBACK).reason(0);
        List<Integer> codes = codes();
        for (int code : codes) {
            checkCode(code, code <= 2); // [MQTT-3.9.3-2]
        }
        return new Packet.SubAck(id, codes, remark);
    }

    private Packet unsubAck() throws MalformedPacketException {
        int id = packetId();
        MqttReason remark = PropertySet.read(fields, PacketType.UNSUBACK).reason(0);
        return new Packet.UnsubAck(id, codes(), remark);
    }

    private List<Integer> codes() throws MalformedPacketException {
        if (fields.remaining() == 0) {
            throw fields.wrong("without a reason code", PROTOCOL_ERROR);
        }
        List<Integer> codes = new ArrayList<>(fields.remaining());
        while (fields.remaining() > 0) {
            codes.add(fields.read8());
        }
        return List.copyOf(codes);
    }

    private Packet disconnect() throws MalformedPacketException {
        int code = code();
        PropertySet properties = properties(PacketType.DISCONNECT);
        if (properties.has(Property.SESSION_EXPIRY_INTERVAL)) { // [MQTT-3.14.2-2]
            throw fields.wrong("with the property '" + Property.SESSION_EXPIRY_INTERVAL + "'", PROTOCOL_ERROR);
        }
        return new Packet.Disconnect(properties.reason(code), -1);
    }

    private Packet auth() throws MalformedPacketException {
        if (fields.remaining() == 0) {
            return new Packet.Auth(MqttReason.SUCCESS, null, null);
        }
        int code = fields.read8();
        if (code != 0 && code != CONTINUE_AUTHENTICATION) { // [MQTT-3.15.2-1]
            throw fields.wrong("with " + new MqttReason(code) + ", which only a client sends", PROTOCOL_ERROR);
        }
        PropertySet properties = PropertySet.read(fields, PacketType.AUTH);
        String method = properties.text(Property.AUTHENTICATION_METHOD);
        if (method == null) {
            throw fields.wrong("without an authentication method", PROTOCOL_ERROR);
        }
        byte[] data = properties.data(Property.AUTHENTICATION_DATA);
        return new Packet.Auth(properties.reason(code), method, data == null ? null : ByteBuffer.wrap(data));
    }

    private Packet publish() throws MalformedPacketException {
        int level = (reader.header() & QOS) >> 1;
        boolean duplicate = (reader.header() & DUPLICATE) != 0;
        boolean retained = (reader.header() & RETAIN) != 0;
        if (level > 2) {
            throw fields.malformed("of QoS 3"); // [MQTT-3.3.1-4]
        }
        if (duplicate && level == 0) {
            throw fields.wrong("of QoS 0 with DUP", PROTOCOL_ERROR); // [MQTT-3.3.1-2]
        }
        String topic = fields.readTopic(retained);
        int id = level == 0 ? 0 : packetId();
        PropertySet properties = PropertySet.read(fields, PacketType.PUBLISH);
        int alias = (int) properties.number(Property.TOPIC_ALIAS, 0);
        if (hasWildcard(topic)) {
            throw fields.wrong("whose topic has a wildcard", TOPIC_NAME_INVALID); // [MQTT-3.3.2-2]
        }
        if (topic.isEmpty() && alias == 0) {
            throw fields.wrong("without a topic and without a topic alias", PROTOCOL_ERROR);
        }
        ByteBuffer payload = reader.rest(fields.position());
        fields.skip();
        return new Packet.Publish(
                topic,
                payload,
                Qos.of(level),
                retained,
                duplicate,
                id,
                properties.message(),
                alias,
                properties.subscriptionIdentifiers());
    }

    private static boolean hasWildcard(String topic) {
        return topic.indexOf('+') >= 0 || topic.indexOf('#') >= 0;
    }
}
