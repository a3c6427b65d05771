package io.github.cdimqtt.internal.packet;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.cdimqtt.internal.text.MqttText;
import java.io.ByteArrayOutputStream;
import java.util.Locale;

/** Encodes a packet (MQTT 3.1.1, sections 1.5 and 2.2). Paho's own encoder refuses an emoji. Not thread-safe. */
public final class PacketWriter {
    /** The most bytes behind the fixed header (MQTT 3.1.1, section 2.2.3). */
    public static final int MAX_REMAINING_LENGTH = 268_435_455;

    private final ByteArrayOutputStream content = new ByteArrayOutputStream();

    public PacketWriter add8(int value) {
        content.write(value);
        return this;
    }

    public PacketWriter add16(int value) {
        content.write(value >> 8);
        content.write(value);
        return this;
    }

    public PacketWriter add(String text) {
        return add(text.getBytes(UTF_8));
    }

    /**
     * Adds bytes, preceded by their number.
     *
     * @throws IllegalArgumentException if there are more than 65,535
     */
    public PacketWriter add(byte[] bytes) {
        if (bytes.length > MqttText.MAX_BYTES) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "%,d bytes in a field of at most 65,535", bytes.length));
        }
        add16(bytes.length);
        content.writeBytes(bytes);
        return this;
    }

    /**
     * Returns the packet.
     *
     * @param header its first byte: packet type and flags
     * @param payloadLength the number of bytes that the caller sends after it
     */
    public byte[] packet(int header, int payloadLength) {
        ByteArrayOutputStream packet = new ByteArrayOutputStream(content.size() + 5);
        packet.write(header);
        int rest = content.size() + payloadLength;
        while (rest > 0x7f) {
            packet.write(rest & 0x7f | 0x80);
            rest >>= 7;
        }
        packet.write(rest);
        packet.writeBytes(content.toByteArray());
        return packet.toByteArray();
    }
}
