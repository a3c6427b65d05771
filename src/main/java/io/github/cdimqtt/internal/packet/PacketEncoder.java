package io.github.cdimqtt.internal.packet;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.value.Limits;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Writes the packets of a client as bytes (MQTT 3.1.1, sections 1.5, 2 and 3), one after the other into a buffer. The
 * payload of a PUBLISH is not written: whoever sends the bytes sends it behind them. Not thread-safe.
 */
public final class PacketEncoder {
    private static final int LONGEST_FIELD = 65_535;
    private static final int LONGEST_FIXED_HEADER = 5;
    /** SUBSCRIBE, UNSUBSCRIBE and PUBREL have flags that are always the same (MQTT 3.1.1, table 2.2). */
    private static final int FLAGS = 0b0010;

    private static final int CLEAN_SESSION = 0x02;
    private static final int WILL = 0x04;
    private static final int WILL_RETAIN = 0x20;
    private static final int PASSWORD = 0x40;
    private static final int USERNAME = 0x80;

    private byte[] bytes;
    private int length;

    /** Creates an encoder whose buffer has this size at first, and grows as needed. */
    public PacketEncoder(int size) {
        this.bytes = new byte[size];
    }

    /** Returns the buffer: {@link #length} bytes of it are written. */
    public byte[] bytes() {
        return bytes;
    }

    public int length() {
        return length;
    }

    /** Appends the payload of the PUBLISH that was written last. */
    public void append(ByteBuffer payload) {
        int count = payload.remaining();
        makeRoom(count);
        payload.duplicate().get(bytes, length, count);
        length += count;
    }

    /** Forgets what was written. */
    public void clear() {
        length = 0;
    }

    /** Returns a packet as bytes of its own, without the payload of a PUBLISH. */
    public static byte[] encode(Packet packet) {
        PacketEncoder encoder = new PacketEncoder(64);
        encoder.write(packet);
        return Arrays.copyOf(encoder.bytes, encoder.length);
    }

    /** Returns what of a message is more than a packet can hold, null if nothing is. */
    public static @Nullable String excess(String topic, int payload) {
        if (payload < Limits.MAX_PACKET / 2 && topic.length() < LONGEST_FIELD / 3) {
            return null;
        }
        int topicLength = topic.getBytes(UTF_8).length;
        if (topicLength > LONGEST_FIELD) {
            return String.format(Locale.ROOT, "a topic of %,d bytes", topicLength);
        }
        return payload > Limits.MAX_PACKET - 4 - topicLength
                ? String.format(Locale.ROOT, "a message of %,d bytes", payload)
                : null;
    }

    /**
     * Writes a packet behind those before.
     *
     * @throws IllegalArgumentException if it is one that only brokers send, or a field of it is too long
     */
    public void write(Packet packet) {
        if (packet instanceof Packet.Publish publish) {
            write(publish);
        } else if (packet instanceof Packet.PubAck ack) {
            answer(PacketType.PUBACK << 4, ack.packetId());
        } else if (packet instanceof Packet.PubRec ack) {
            answer(PacketType.PUBREC << 4, ack.packetId());
        } else if (packet instanceof Packet.PubRel ack) {
            answer(PacketType.PUBREL << 4 | FLAGS, ack.packetId());
        } else if (packet instanceof Packet.PubComp ack) {
            answer(PacketType.PUBCOMP << 4, ack.packetId());
        } else if (packet instanceof Packet.Subscribe subscribe) {
            write(subscribe);
        } else if (packet instanceof Packet.Unsubscribe unsubscribe) {
            write(unsubscribe);
        } else if (packet instanceof Packet.Connect connect) {
            write(connect);
        } else if (packet instanceof Packet.PingReq) {
            begin(PacketType.PINGREQ << 4, 0);
        } else if (packet instanceof Packet.Disconnect) {
            begin(PacketType.DISCONNECT << 4, 0);
        } else {
            throw new IllegalArgumentException("no client sends " + packet);
        }
    }

    private void write(Packet.Publish publish) {
        byte[] topic = publish.topic().getBytes(UTF_8);
        Qos qos = publish.qos();
        int flags = (publish.duplicate() ? 8 : 0) | qos.level() << 1 | (publish.retain() ? 1 : 0);
        int id = qos == Qos.AT_MOST_ONCE ? 0 : 2;
        begin(
                PacketType.PUBLISH << 4 | flags,
                2 + topic.length + id,
                publish.payload().remaining());
        field(topic);
        if (id > 0) {
            add16(publish.packetId());
        }
    }

    private void answer(int header, int packetId) {
        begin(header, 2);
        add16(packetId);
    }

    private void write(Packet.Subscribe subscribe) {
        List<byte[]> filters = subscribe.subscriptions().stream()
                .map(each -> each.filter().getBytes(UTF_8))
                .toList();
        begin(PacketType.SUBSCRIBE << 4 | FLAGS, 2 + lengthOf(filters) + filters.size());
        add16(subscribe.packetId());
        for (int i = 0; i < filters.size(); i++) {
            field(filters.get(i));
            add8(subscribe.subscriptions().get(i).qos().level());
        }
    }

    private void write(Packet.Unsubscribe unsubscribe) {
        List<byte[]> filters =
                unsubscribe.filters().stream().map(each -> each.getBytes(UTF_8)).toList();
        begin(PacketType.UNSUBSCRIBE << 4 | FLAGS, 2 + lengthOf(filters));
        add16(unsubscribe.packetId());
        filters.forEach(this::field);
    }

    private static int lengthOf(List<byte[]> fields) {
        return fields.stream().mapToInt(each -> 2 + each.length).sum();
    }

    private void write(Packet.Connect connect) {
        byte[] name = connect.version().protocolName().getBytes(UTF_8);
        byte[] clientId = connect.clientId().getBytes(UTF_8);
        Packet.Will will = connect.will();
        byte[] willTopic = will == null ? null : will.topic().getBytes(UTF_8);
        byte[] willPayload = will == null ? null : copy(will.payload());
        byte[] password = bytes(connect.password());
        // A password needs a user name [MQTT-3.1.2-22].
        byte[] username = password != null && connect.username() == null ? new byte[0] : bytes(connect.username());
        int length = 2 + name.length + 4;
        for (byte[] field : new byte @Nullable [][] {clientId, willTopic, willPayload, username, password}) {
            length += field == null ? 0 : 2 + field.length;
        }
        begin(PacketType.CONNECT << 4, length);
        field(name);
        add8(connect.version().level());
        add8((connect.cleanSession() ? CLEAN_SESSION : 0)
                | (will == null ? 0 : WILL | will.qos().level() << 3 | (will.retain() ? WILL_RETAIN : 0))
                | (username == null ? 0 : USERNAME)
                | (password == null ? 0 : PASSWORD));
        add16(connect.keepAlive());
        field(clientId);
        for (byte[] field : new byte @Nullable [][] {willTopic, willPayload, username, password}) {
            if (field != null) {
                field(field);
            }
        }
    }

    private static byte @Nullable [] bytes(@Nullable String text) {
        return text == null ? null : text.getBytes(UTF_8);
    }

    private static byte[] copy(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    private void begin(int header, int content) {
        begin(header, content, 0);
    }

    /** Writes the fixed header (MQTT 3.1.1, section 2.2) of a packet, and makes room for its content. */
    private void begin(int header, int content, int payload) {
        makeRoom(LONGEST_FIXED_HEADER + content);
        add8(header);
        int rest = content + payload;
        while (rest > 0x7f) {
            add8(rest & 0x7f | 0x80);
            rest >>= 7;
        }
        add8(rest);
    }

    private void makeRoom(int count) {
        if (length + count > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(length + count, 2 * bytes.length));
        }
    }

    private void field(byte[] field) {
        if (field.length > LONGEST_FIELD) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "%,d bytes in a field of at most 65,535", field.length));
        }
        add16(field.length);
        System.arraycopy(field, 0, bytes, length, field.length);
        length += field.length;
    }

    private void add8(int value) {
        bytes[length++] = (byte) value;
    }

    private void add16(int value) {
        add8(value >> 8);
        add8(value);
    }
}
