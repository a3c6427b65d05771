package io.github.cdimqtt.internal.packet;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Locale;

/** A growing buffer, and the data types of MQTT as bytes in it (MQTT 5.0, section 1.5). Not thread-safe. */
final class ByteWriter {
    static final int LONGEST_FIELD = 65_535;

    private byte[] bytes;
    private int length;

    ByteWriter(int size) {
        this.bytes = new byte[size];
    }

    /** Returns the buffer: {@link #length} bytes of it are written. */
    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    void clear() {
        length = 0;
    }

    void add8(int value) {
        makeRoom(1);
        bytes[length++] = (byte) value;
    }

    void add16(int value) {
        add8(value >> 8);
        add8(value);
    }

    void add32(long value) {
        add16((int) (value >> 16));
        add16((int) value);
    }

    /** Writes a variable byte integer, in the fewest bytes [MQTT-1.5.5-1]. */
    void addVariable(int value) {
        int rest = value;
        while (rest > 0x7f) {
            add8(rest & 0x7f | 0x80);
            rest >>= 7;
        }
        add8(rest);
    }

    /** Returns how many bytes a variable byte integer takes. */
    static int lengthOfVariable(int value) {
        return value < 1 << 7 ? 1 : value < 1 << 14 ? 2 : value < 1 << 21 ? 3 : 4;
    }

    void addText(String text) {
        addField(text.getBytes(UTF_8));
    }

    /** Writes bytes behind their number. */
    void addField(byte[] field) {
        addField(ByteBuffer.wrap(field));
    }

    void addField(ByteBuffer field) {
        if (field.remaining() > LONGEST_FIELD) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "%,d bytes in a field of at most 65,535", field.remaining()));
        }
        add16(field.remaining());
        add(field);
    }

    /** Writes the remaining bytes of a buffer, whose position stays. */
    void add(ByteBuffer buffer) {
        int count = buffer.remaining();
        makeRoom(count);
        buffer.duplicate().get(bytes, length, count);
        length += count;
    }

    void add(ByteWriter other) {
        makeRoom(other.length);
        System.arraycopy(other.bytes, 0, bytes, length, other.length);
        length += other.length;
    }

    private void makeRoom(int count) {
        if (length + count > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(length + count, 2 * bytes.length));
        }
    }
}
