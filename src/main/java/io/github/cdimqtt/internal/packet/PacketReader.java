package io.github.cdimqtt.internal.packet;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.IntConsumer;

/**
 * Cuts what comes from the socket into packets (MQTT 3.1.1, section 2.2). A packet may come in any pieces with any
 * pauses; memory grows with the bytes that came, not with the length that was declared (Paho 1.2.5 does neither).
 */
public final class PacketReader {
    private static final int BUFFER = 32 * 1024;
    private static final int LONGEST_FIXED_HEADER = 5;

    private final InputStream in;
    private final int maxSize;
    private final IntConsumer heard;
    private final byte[] buffer = new byte[BUFFER];
    private int filled;
    private byte[] packet = buffer;
    private int start;
    private int body;
    private int end;

    /**
     * Creates a reader.
     *
     * @param maxSize of a packet without its fixed header
     * @param heard told how many bytes came, each time
     */
    public PacketReader(InputStream in, int maxSize, IntConsumer heard) {
        this.in = in;
        this.maxSize = maxSize;
        this.heard = heard;
    }

    /** Waits for the next packet; the one before is no longer there. */
    public void next() throws IOException {
        if (packet != buffer) {
            packet = buffer;
            start = 0;
            filled = 0;
        } else {
            start = end;
        }
        int length = readFixedHeader();
        if (length > maxSize) {
            throw new MalformedPacketException(String.format(
                    Locale.ROOT,
                    "a packet of %,d bytes came, more than max-message-size allows (%,d)",
                    length,
                    maxSize));
        }
        if (body - start + length <= BUFFER) {
            makeRoom(body - start + length);
            end = body + length;
            while (filled < end) {
                filled += read(buffer, filled);
            }
        } else {
            readLarge(length);
        }
    }

    /** Returns the first byte: type and flags. */
    public int header() {
        return packet[start] & 0xff;
    }

    /** Returns what holds the packet: from {@link #start} to {@link #end}, the variable header at {@link #body}. */
    public byte[] bytes() {
        return packet;
    }

    /** Tells whether {@link #bytes} is not used again for the next packet. */
    boolean ownsBytes() {
        return packet != buffer;
    }

    public int start() {
        return start;
    }

    public int body() {
        return body;
    }

    public int end() {
        return end;
    }

    /** Returns two bytes as a number. */
    public int unsignedShort(int at) {
        return (packet[at] & 0xff) << 8 | packet[at + 1] & 0xff;
    }

    private int readFixedHeader() throws IOException {
        makeRoom(LONGEST_FIXED_HEADER);
        int length = 0;
        body = start + 1;
        for (int shift = 0; shift < 28; shift += 7) {
            while (filled <= body) {
                filled += read(buffer, filled);
            }
            int digit = buffer[body++];
            length |= (digit & 0x7f) << shift;
            if (digit >= 0) {
                return length;
            }
        }
        throw new MalformedPacketException("the length of a packet has more than four bytes");
    }

    /** Moves what is there to the front, if that many bytes from the start would not fit. */
    private void makeRoom(int size) {
        if (start + size > BUFFER || start == filled) {
            System.arraycopy(buffer, start, buffer, 0, filled - start);
            filled -= start;
            body -= start;
            start = 0;
        }
    }

    private void readLarge(int length) throws IOException {
        int header = body - start;
        int size = header + length;
        int have = filled - start;
        byte[] large = Arrays.copyOfRange(buffer, start, start + Math.min(size, 2 * BUFFER));
        while (have < size) {
            if (have == large.length) {
                large = Arrays.copyOf(large, (int) Math.min(size, 2L * large.length));
            }
            have += read(large, have);
        }
        packet = large;
        start = 0;
        body = header;
        end = size;
    }

    private int read(byte[] into, int at) throws IOException {
        int count = in.read(into, at, into.length - at);
        if (count < 0) {
            throw new EOFException();
        }
        heard.accept(count);
        return count;
    }
}
