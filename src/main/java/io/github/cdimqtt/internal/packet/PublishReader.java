package io.github.cdimqtt.internal.packet;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.text.Printable;
import io.github.cdimqtt.internal.transport.InboundMessage;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;

/** Decodes a PUBLISH (MQTT 3.1.1, section 3.3). Paho does not: a topic with an emoji kills its receiver. */
public final class PublishReader {
    private static final int QOS = 0b0110;
    private static final int DUPLICATE = 0b1000;
    private static final int RETAIN = 0b0001;

    private PublishReader() {}

    /**
     * Returns the message, which shares no bytes with a buffer that is reused.
     *
     * @throws MalformedPacketException if it is no valid PUBLISH
     */
    public static InboundMessage read(PacketReader packet) throws MalformedPacketException {
        int level = (packet.header() & QOS) >> 1;
        if (level > 2) {
            throw new MalformedPacketException("a message of QoS 3 came");
        }
        int topic = packet.body() + 2;
        int topicEnd = topic > packet.end() ? topic : topic + packet.unsignedShort(packet.body());
        int payload = level == 0 ? topicEnd : topicEnd + 2;
        if (topic >= topicEnd || payload > packet.end()) {
            throw new MalformedPacketException("a message came that is cut off or has no topic");
        }
        int id = level == 0 ? 0 : packet.unsignedShort(topicEnd);
        if (level > 0 && id == 0) {
            throw new MalformedPacketException("a message of QoS " + level + " came without a packet identifier");
        }
        return new InboundMessage(
                topic(packet.bytes(), topic, topicEnd),
                payload(packet, payload),
                Qos.of(level),
                (packet.header() & RETAIN) != 0,
                (packet.header() & DUPLICATE) != 0,
                id);
    }

    private static ByteBuffer payload(PacketReader packet, int from) {
        return packet.ownsBytes()
                ? ByteBuffer.wrap(packet.bytes(), from, packet.end() - from).slice()
                : ByteBuffer.wrap(Arrays.copyOfRange(packet.bytes(), from, packet.end()));
    }

    private static String topic(byte[] bytes, int from, int to) throws MalformedPacketException {
        for (int i = from; i < to; i++) {
            if (bytes[i] <= 0) {
                return unusualTopic(bytes, from, to);
            }
        }
        return new String(bytes, from, to - from, ISO_8859_1);
    }

    private static String unusualTopic(byte[] bytes, int from, int to) throws MalformedPacketException {
        try {
            String topic = UTF_8.newDecoder()
                    .decode(ByteBuffer.wrap(bytes, from, to - from))
                    .toString();
            if (topic.indexOf('\0') < 0) {
                return topic;
            }
        } catch (CharacterCodingException e) {
            // forbidden like U+0000 [MQTT-1.5.3-1], [MQTT-1.5.3-2]
        }
        throw new MalformedPacketException("a message came whose topic is not valid UTF-8: "
                + Printable.of(new String(bytes, from, to - from, UTF_8)));
    }
}
