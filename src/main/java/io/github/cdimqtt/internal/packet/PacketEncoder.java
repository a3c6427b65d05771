package io.github.cdimqtt.internal.packet;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.cdimqtt.MqttReason;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.value.Limits;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * Writes the packets of a client as bytes (MQTT 3.1.1 and 5.0, sections 1.5, 2 and 3), one after the other into a buffer. The
 * payload of a PUBLISH is not written: whoever sends the bytes sends it behind them. Not thread-safe.
 */
public final class PacketEncoder {
    /** SUBSCRIBE, UNSUBSCRIBE and PUBREL have flags that are always the same (MQTT 3.1.1, table 2.2). */
    private static final int FLAGS = 0b0010;

    private final ProtocolVersion version;
    private final ByteWriter out;
    private final PropertyWriter properties = new PropertyWriter();

    /**
     * Creates an encoder whose buffer has this size at first, and grows as needed.
     *
     * @param version of all packets but CONNECT, which says it itself
     */
    public PacketEncoder(int size, ProtocolVersion version) {
        this.out = new ByteWriter(size);
        this.version = version;
    }

    /** Returns the buffer: {@link #length} bytes of it are written. */
    public byte[] bytes() {
        return out.bytes();
    }

    public int length() {
        return out.length();
    }

    /** Appends the payload of the PUBLISH that was written last. */
    public void append(ByteBuffer payload) {
        out.add(payload);
    }

    /** Forgets what was written. */
    public void clear() {
        out.clear();
    }

    /** Returns a packet of MQTT 3.1 or 3.1.1 as bytes of its own, without the payload of a PUBLISH. */
    public static byte[] encode(Packet packet) {
        return encode(packet, ProtocolVersion.V3_1_1);
    }

    /** Returns a packet as bytes of its own, without the payload of a PUBLISH. */
    public static byte[] encode(Packet packet, ProtocolVersion version) {
        PacketEncoder encoder = new PacketEncoder(64, version);
        encoder.write(packet);
        return Arrays.copyOf(encoder.bytes(), encoder.length());
    }

    /**
     * Writes a packet behind those before. On MQTT 3.1.1 it goes without what only MQTT 5 has.
     *
     * @throws IllegalArgumentException if it is one that only brokers send, or a field of it is too long or out of range
     */
    public void write(Packet packet) {
        if (packet instanceof Packet.Publish publish) {
            write(publish);
        } else if (packet instanceof Packet.PubAck ack) {
            answer(PacketType.PUBACK << 4, ack.packetId(), ack.reason());
        } else if (packet instanceof Packet.PubRec ack) {
            answer(PacketType.PUBREC << 4, ack.packetId(), ack.reason());
        } else if (packet instanceof Packet.PubRel ack) {
            answer(PacketType.PUBREL << 4 | FLAGS, ack.packetId(), ack.reason());
        } else if (packet instanceof Packet.PubComp ack) {
            answer(PacketType.PUBCOMP << 4, ack.packetId(), ack.reason());
        } else if (packet instanceof Packet.Subscribe subscribe) {
            write(subscribe);
        } else if (packet instanceof Packet.Unsubscribe unsubscribe) {
            write(unsubscribe);
        } else if (packet instanceof Packet.Connect connect) {
            ByteWriter content = ConnectEncoder.content(connect);
            begin(PacketType.CONNECT << 4, content.length(), 0);
            out.add(content);
        } else if (packet instanceof Packet.PingReq) {
            begin(PacketType.PINGREQ << 4, 0, 0);
        } else if (packet instanceof Packet.Disconnect disconnect) {
            write(disconnect);
        } else if (packet instanceof Packet.Auth auth && version.hasProperties()) {
            write(auth);
        } else {
            throw new IllegalArgumentException("no client sends " + packet);
        }
    }

    private void write(Packet.Publish publish) {
        properties.clear().add(Property.TOPIC_ALIAS, publish.topicAlias(), 0).add(publish.properties());
        byte[] topic = publish.topic().getBytes(UTF_8);
        Qos qos = publish.qos();
        int flags = (publish.duplicate() ? 8 : 0) | qos.level() << 1 | (publish.retain() ? 1 : 0);
        int id = qos == Qos.AT_MOST_ONCE ? 0 : 2;
        int content = 2 + topic.length + id + propertiesLength();
        begin(PacketType.PUBLISH << 4 | flags, content, publish.payload().remaining());
        out.addField(topic);
        if (id > 0) {
            out.add16(publish.packetId());
        }
        addProperties();
    }

    private void answer(int header, int packetId, MqttReason reason) {
        properties.clear().add(reason);
        begin(header, 2 + reasonLength(reason), 0);
        out.add16(packetId);
        addReason(reason);
    }

    private void write(Packet.Disconnect disconnect) {
        properties
                .clear()
                .add(Property.SESSION_EXPIRY_INTERVAL, disconnect.sessionExpiry(), -1)
                .add(disconnect.reason());
        begin(PacketType.DISCONNECT << 4, reasonLength(disconnect.reason()), 0);
        addReason(disconnect.reason());
    }

    private void write(Packet.Auth auth) {
        properties
                .clear()
                .add(Property.AUTHENTICATION_METHOD, auth.method())
                .add(Property.AUTHENTICATION_DATA, auth.data())
                .add(auth.reason());
        begin(PacketType.AUTH << 4, reasonLength(auth.reason()), 0);
        addReason(auth.reason());
    }

    private void write(Packet.Subscribe subscribe) {
        properties.clear().add(Property.SUBSCRIPTION_IDENTIFIER, subscribe.identifier(), 0);
        List<byte[]> filters = subscribe.subscriptions().stream()
                .map(each -> each.filter().getBytes(UTF_8))
                .toList();
        begin(PacketType.SUBSCRIBE << 4 | FLAGS, 2 + propertiesLength() + lengthOf(filters) + filters.size(), 0);
        out.add16(subscribe.packetId());
        addProperties();
        for (int i = 0; i < filters.size(); i++) {
            out.addField(filters.get(i));
            out.add8(options(subscribe.subscriptions().get(i)));
        }
    }

    /** Returns the options of a subscription (MQTT 5.0, section 3.8.3.1), of which MQTT 3.1.1 has the first two bits. */
    private int options(Packet.Subscription subscription) {
        int qos = subscription.qos().level();
        return !version.hasProperties()
                ? qos
                : qos
                        | (subscription.noLocal() ? 4 : 0)
                        | (subscription.retainAsPublished() ? 8 : 0)
                        | subscription.retainHandling() << 4;
    }

    private void write(Packet.Unsubscribe unsubscribe) {
        properties.clear();
        List<byte[]> filters =
                unsubscribe.filters().stream().map(each -> each.getBytes(UTF_8)).toList();
        begin(PacketType.UNSUBSCRIBE << 4 | FLAGS, 2 + propertiesLength() + lengthOf(filters), 0);
        out.add16(unsubscribe.packetId());
        addProperties();
        filters.forEach(out::addField);
    }

    private static int lengthOf(List<byte[]> fields) {
        return fields.stream().mapToInt(each -> 2 + each.length).sum();
    }

    /** Writes the fixed header of a packet (MQTT 3.1.1, section 2.2). */
    private void begin(int header, int content, int payload) {
        if (payload > Limits.MAX_PACKET - content) {
            throw new IllegalArgumentException("a packet of more than " + Limits.MAX_PACKET + " bytes");
        }
        out.add8(header);
        out.addVariable(content + payload);
    }

    private int propertiesLength() {
        return version.hasProperties() ? properties.length() : 0;
    }

    private void addProperties() {
        if (version.hasProperties()) {
            properties.writeTo(out);
        }
    }

    /** Without properties a packet ends behind the reason code, and before it if that is 0 (MQTT 5.0, section 3.4.2). */
    private int reasonLength(MqttReason reason) {
        return !version.hasProperties() || reason.code() == 0 && properties.isEmpty()
                ? 0
                : properties.isEmpty() ? 1 : 1 + properties.length();
    }

    private void addReason(MqttReason reason) {
        if (reasonLength(reason) > 0) {
            out.add8(reason.code());
        }
        if (reasonLength(reason) > 1) {
            properties.writeTo(out);
        }
    }
}
