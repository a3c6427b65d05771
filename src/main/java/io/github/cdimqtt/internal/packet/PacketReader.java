package io.github.cdimqtt.internal.packet;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.IntConsumer;

/**
 * Splits the bytes from the socket into packets (MQTT 3.1.1, section 2.2). A packet may arrive in pieces of any size,
 * at any intervals; memory grows with the bytes that arrived, not with the declared length. Paho 1.2.5 does neither.
 * Not thread-safe.
 */
final class PacketReader {
    private static final int BUFFER_SIZE = 32 * 1024;
    private static final int MAX_FIXED_HEADER = 5;

    private final InputStream in;
    private final int maxSize;
    private final boolean headerCounts;
    private final IntConsumer bytesRead;
    private final byte[] buffer = new byte[BUFFER_SIZE];
    private int filled;
    private byte[] packet = buffer;
    private int start;
    private int body;
    private int end;

    /**
     * Creates a reader.
     *
     * @param maxSize of a packet, in bytes
     * @param headerCounts whether the fixed header is part of that size
     * @param bytesRead receives the number of bytes after each read
     */
    PacketReader(InputStream in, int maxSize, boolean headerCounts, IntConsumer bytesRead) {
        this.in = in;
        this.maxSize = maxSize;
        this.headerCounts = headerCounts;
        this.bytesRead = bytesRead;
    }

    /** Waits for the next packet, which replaces the current one. Returns its first byte; {@link #complete} is to follow. */
    int next() throws IOException {
        if (packet != buffer) {
            packet = buffer;
            start = 0;
            filled = 0;
        } else {
            start = end;
        }
        makeRoom(MAX_FIXED_HEADER);
        while (filled == start) {
            filled += read(buffer, filled);
        }
        return header();
    }

    /** Waits for the rest of the packet. */
    void complete() throws IOException {
        int length = readLength();
        int size = headerCounts ? body - start + length : length;
        if (size > maxSize) {
            throw MalformedPacketException.tooLarge(size, maxSize);
        }
        if (body - start + length <= BUFFER_SIZE) {
            makeRoom(body - start + length);
            end = body + length;
            while (filled < end) {
                filled += read(buffer, filled);
            }
        } else {
            readLarge(length);
        }
    }

    /** Returns the first byte: packet type and flags. */
    int header() {
        return packet[start] & 0xff;
    }

    /** Returns the array that holds the packet from {@link #start} to {@link #end}, its variable header from {@link #body} on. */
    byte[] bytes() {
        return packet;
    }

    /** Returns the bytes from an index to the end, which packets that follow do not overwrite. */
    ByteBuffer rest(int from) {
        return packet == buffer
                ? ByteBuffer.wrap(Arrays.copyOfRange(packet, from, end))
                : ByteBuffer.wrap(packet, from, end - from).slice();
    }

    int start() {
        return start;
    }

    int body() {
        return body;
    }

    int end() {
        return end;
    }

    /** Returns the two bytes at an index as an unsigned number. */
    int unsignedShort(int at) {
        return (packet[at] & 0xff) << 8 | packet[at + 1] & 0xff;
    }

    private int readLength() throws IOException {
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

    /** Moves the buffered bytes to the front if {@code size} bytes from {@code start} would not fit. */
    private void makeRoom(int size) {
        if (start + size > BUFFER_SIZE || start == filled) {
            System.arraycopy(buffer, start, buffer, 0, filled - start);
            filled -= start;
            body -= start;
            start = 0;
        }
    }

    private void readLarge(int length) throws IOException {
        int header = body - start;
        int size = header + length;
        int count = filled - start;
        byte[] large = Arrays.copyOfRange(buffer, start, start + Math.min(size, 2 * BUFFER_SIZE));
        while (count < size) {
            if (count == large.length) {
                large = Arrays.copyOf(large, (int) Math.min(size, 2L * large.length));
            }
            count += read(large, count);
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
        bytesRead.accept(count);
        return count;
    }
}
