package io.github.cdimqtt.internal.packet;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.Locale;

/** Puts a packet together (MQTT 3.1.1, sections 1.5 and 2.2). Paho's own encoder refuses an emoji. */
public final class PacketWriter {
    public static final int LARGEST = 268_435_455;
    public static final int LONGEST_FIELD = 65_535;

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

    /** Adds bytes and before them their number. */
    public PacketWriter add(byte[] bytes) {
        if (bytes.length > LONGEST_FIELD) {
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
     * @param header its first byte: type and flags
     * @param payloadLength of what the caller sends behind it
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
