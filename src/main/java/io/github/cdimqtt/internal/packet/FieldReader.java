package io.github.cdimqtt.internal.packet;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.cdimqtt.internal.text.Printable;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads the data types of MQTT from the content of a packet, one after the other (MQTT 5.0, section 1.5). Not thread-safe. */
final class FieldReader {
    private static final int LONGEST_VARIABLE = 4;

    private byte[] bytes = new byte[0];
    private String packet = "";
    private String topic = "";
    private boolean retained;
    private int position;
    private int end;

    /** Begins with the content of the packet that was read last. */
    void begin(PacketReader reader) {
        bytes = reader.bytes();
        packet = PacketType.name(PacketType.of(reader.header()));
        topic = "";
        position = reader.body();
        end = reader.end();
    }

    int position() {
        return position;
    }

    /**
     * Reads the topic of a message, which exceptions about the packet name from then on.
     *
     * @param retained whether the message may come again on each connection
     */
    String readTopic(boolean retained) throws MalformedPacketException {
        topic = readText("topic");
        this.retained = retained;
        return topic;
    }

    int remaining() {
        return end - position;
    }

    /** Sets the end, and returns the one before. */
    int limit(int position) {
        int before = end;
        end = position;
        return before;
    }

    /** Goes to the end. */
    void skip() {
        position = end;
    }

    int read8() throws MalformedPacketException {
        require(1);
        return bytes[position++] & 0xff;
    }

    int read16() throws MalformedPacketException {
        require(2);
        return read8() << 8 | read8();
    }

    long read32() throws MalformedPacketException {
        require(4);
        return (long) read16() << 16 | read16();
    }

    /** Reads a variable byte integer, which has as few bytes as possible [MQTT-1.5.5-1]. */
    int readVariable() throws MalformedPacketException {
        int value = 0;
        for (int i = 0; i < LONGEST_VARIABLE; i++) {
            int digit = read8();
            value |= (digit & 0x7f) << 7 * i;
            if (digit == 0 && i > 0) {
                throw malformed("with a variable byte integer that is longer than needed");
            }
            if (digit < 0x80) {
                return value;
            }
        }
        throw malformed("with a variable byte integer of more than four bytes");
    }

    /** Reads the bytes behind their number. */
    byte[] readData() throws MalformedPacketException {
        int from = readLength();
        return Arrays.copyOfRange(bytes, from, position);
    }

    /**
     * Reads a text.
     *
     * @param name what the text is, for the user
     */
    String readText(Object name) throws MalformedPacketException {
        int from = readLength();
        String text = text(bytes, from, position);
        if (text == null) {
            throw malformed("whose " + name + " is not valid UTF-8"); // and may be secret
        }
        return text;
    }

    /** Reads the length of a field, goes behind the field, and returns where it begins. */
    private int readLength() throws MalformedPacketException {
        int length = read16();
        require(length);
        position += length;
        return position - length;
    }

    /** Returns well-formed UTF-8 without U+0000 as text [MQTT-1.5.4-1], [MQTT-1.5.4-2]; null for anything else. */
    static @Nullable String text(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] <= 0) {
                return unusualText(ByteBuffer.wrap(bytes, from, to - from));
            }
        }
        return new String(bytes, from, to - from, ISO_8859_1);
    }

    private static @Nullable String unusualText(ByteBuffer bytes) {
        try {
            String text = UTF_8.newDecoder().decode(bytes).toString();
            return text.indexOf('\0') < 0 ? text : null;
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    private void require(int count) throws MalformedPacketException {
        if (count > remaining()) {
            throw malformed("that is cut off");
        }
    }

    /** Returns an exception about this packet; the text goes on after "a PUBLISH came". */
    MalformedPacketException malformed(String text) {
        return wrong(text, MalformedPacketException.MALFORMED);
    }

    MalformedPacketException wrong(String text, int reasonCode) {
        String of = topic.isEmpty() ? "" : " of '" + Printable.of(topic) + "'";
        String remedy =
                of.isEmpty() || !retained ? "" : "; remove the retained message" + of + ", or it ends each connection";
        return new MalformedPacketException(article() + packet + of + " came " + text + remedy, reasonCode);
    }

    private String article() {
        return packet.startsWith("A") || packet.startsWith("U") ? "an " : "a ";
    }
}
