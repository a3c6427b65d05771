package io.github.cdimqtt.internal.packet;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.text.Printable;
import io.github.cdimqtt.internal.value.Limits;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntConsumer;

/**
 * Reads the packets of a broker from a stream (MQTT 3.1.1 and 5.0, sections 1.5, 2 and 3). What the specification calls
 * malformed, and what no broker sends, is a {@link MalformedPacketException}. Not thread-safe.
 */
public final class PacketDecoder {
    /** What a record of TLS begins with that refuses a CONNECT (RFC 8446, section 5.1). */
    private static final int TLS_ALERT = 0x15;

    private static final int HTTP = 'H';

    private static final int QOS = 0b0110;
    private static final int DUPLICATE = 0b1000;
    private static final int RETAIN = 0b0001;

    private static final int REFUSED = 0x80;

    private final PacketReader reader;
    private final ProtocolVersion version;
    private final Mqtt5Decoder mqtt5;
    private boolean first = true;
    private boolean answered;

    /**
     * Creates a decoder.
     *
     * @param maxSize the most bytes of a packet: on MQTT 5 of all of it (MQTT 5.0, section 3.1.2.11.4), else without its fixed
     *     header; {@link Limits#MAX_PACKET} for no limit
     * @param received called with the number of bytes each time that any have come
     */
    public PacketDecoder(InputStream in, ProtocolVersion version, int maxSize, IntConsumer received) {
        int most = maxSize == Limits.MAX_PACKET ? Terms.LARGEST_PACKET : maxSize;
        this.reader = new PacketReader(in, most, version.hasProperties(), received);
        this.version = version;
        this.mqtt5 = new Mqtt5Decoder(reader);
    }

    /**
     * Waits for the next packet and returns it; the first one is CONNACK, on MQTT 5 behind any number of AUTH. It shares no
     * bytes with those that follow.
     *
     * @throws MalformedPacketException if it is malformed; its message is a sentence for the user
     * @throws java.io.EOFException if the stream has ended
     */
    public Packet read() throws IOException {
        int type = PacketType.of(reader.next());
        checkOrder(type);
        reader.complete();
        if (version.hasProperties()) {
            return mqtt5.decode();
        }
        if (type == PacketType.PUBLISH) {
            return publish();
        }
        checkLengthAndFlags(type);
        return switch (type) {
            case PacketType.CONNACK -> connAck();
            case PacketType.PUBACK -> new Packet.PubAck(packetId());
            case PacketType.PUBREC -> new Packet.PubRec(packetId());
            case PacketType.PUBREL -> new Packet.PubRel(packetId());
            case PacketType.PUBCOMP -> new Packet.PubComp(packetId());
            case PacketType.SUBACK -> subAck();
            case PacketType.UNSUBACK -> new Packet.UnsubAck(packetId());
            default -> new Packet.PingResp();
        };
    }

    /** Needs the first byte alone: what is no broker may wait for us, and send no second one. */
    private void checkOrder(int type) throws MalformedPacketException {
        boolean step = version.hasProperties() && type == PacketType.AUTH;
        if (!answered && !step && type != PacketType.CONNACK) { // [MQTT-3.2.0-1]
            throw first
                    ? new MalformedPacketException(notABroker(reader.header()))
                    : new MalformedPacketException(
                            "the broker sent " + PacketType.name(type) + " before CONNACK",
                            MalformedPacketException.PROTOCOL_ERROR);
        }
        first = false;
        answered |= type == PacketType.CONNACK;
    }

    private static String notABroker(int first) {
        return (first == TLS_ALERT
                        ? "what answers there speaks TLS; write ssl:// in broker-url"
                        : first == HTTP
                                ? "what answers there speaks HTTP; write ws:// in broker-url, or another port"
                                : "what answers there is no MQTT broker")
                + String.format(Locale.ROOT, " (first byte 0x%02x)", first);
    }

    /** Checks what is the same for each packet of a type; a PUBLISH has flags and a length of its own. */
    private void checkLengthAndFlags(int type) throws MalformedPacketException {
        int length = reader.end() - reader.body();
        boolean good = switch (type) {
            case PacketType.CONNACK,
                    PacketType.PUBACK,
                    PacketType.PUBREC,
                    PacketType.PUBREL,
                    PacketType.PUBCOMP,
                    PacketType.UNSUBACK -> length == 2;
            case PacketType.SUBACK -> length > 2;
            case PacketType.PINGRESP -> length == 0;
            default -> false;
        };
        int flags = reader.header() & 0xf; // [MQTT-2.2.2-2]
        if (!good || flags != (type == PacketType.PUBREL ? 0b0010 : 0)) {
            throw new MalformedPacketException(String.format(
                    Locale.ROOT,
                    "what came is no packet of a broker (first byte 0x%02x, length %,d)",
                    reader.header(),
                    length));
        }
    }

    private Packet connAck() {
        boolean sessionPresent = version.reportsSessionPresent() && (reader.bytes()[reader.body()] & 1) != 0;
        return new Packet.ConnAck(sessionPresent, reader.bytes()[reader.body() + 1] & 0xff);
    }

    private int packetId() {
        return reader.unsignedShort(reader.body());
    }

    /** Each code is a granted QoS, or a refusal [MQTT-3.9.3-2]. */
    private Packet subAck() throws MalformedPacketException {
        List<Integer> codes = new ArrayList<>(reader.end() - reader.body() - 2);
        for (int i = reader.body() + 2; i < reader.end(); i++) {
            int code = reader.bytes()[i] & 0xff;
            if (code > 2 && code < REFUSED) {
                throw new MalformedPacketException(String.format(
                        Locale.ROOT,
                        "the broker answered a subscription with the code 0x%02x, which MQTT does not have",
                        code));
            }
            codes.add(code);
        }
        return new Packet.SubAck(packetId(), List.copyOf(codes));
    }

    private Packet publish() throws MalformedPacketException {
        int level = (reader.header() & QOS) >> 1;
        if (level > 2) {
            throw new MalformedPacketException("a message of QoS 3 came");
        }
        int topic = reader.body() + 2;
        int topicEnd = topic > reader.end() ? topic : topic + reader.unsignedShort(reader.body());
        int payload = level == 0 ? topicEnd : topicEnd + 2;
        if (topic >= topicEnd || payload > reader.end()) {
            throw new MalformedPacketException("a message came that is cut off or has no topic");
        }
        int id = level == 0 ? 0 : reader.unsignedShort(topicEnd);
        if (level > 0 && id == 0) {
            throw new MalformedPacketException("a message of QoS " + level + " came without a packet identifier");
        }
        return new Packet.Publish(
                topic(reader.bytes(), topic, topicEnd),
                reader.rest(payload),
                Qos.of(level),
                (reader.header() & RETAIN) != 0,
                (reader.header() & DUPLICATE) != 0,
                id);
    }

    private static String topic(byte[] bytes, int from, int to) throws MalformedPacketException {
        String topic = FieldReader.text(bytes, from, to);
        if (topic == null) {
            throw new MalformedPacketException("a message came whose topic is not valid UTF-8: "
                    + Printable.of(new String(bytes, from, to - from, UTF_8)));
        }
        return topic;
    }
}
