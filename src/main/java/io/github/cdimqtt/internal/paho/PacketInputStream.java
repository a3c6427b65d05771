package io.github.cdimqtt.internal.paho;

import io.github.cdimqtt.internal.packet.PacketReader;
import java.io.IOException;
import java.io.InputStream;

/**
 * What Paho's receiver reads: whole packets only, and of these only the answers that Paho waits for. Every exception
 * becomes an {@link IOException}, the only one that this thread survives.
 */
final class PacketInputStream extends InputStream {

    /** Sees each packet before Paho, on Paho's receiver thread. */
    interface Filter {

        /** Called before each wait for a packet, when Paho has handled the one before. */
        void beforePacket() throws IOException, InterruptedException;

        /** Handles a packet. Returns whether Paho gets it, too. */
        boolean isForPaho(PacketReader packet) throws IOException;

        /** Called when reading has ended. Returns the exception for Paho. */
        IOException readingFailed(Throwable cause);
    }

    private final PacketReader packet;
    private final Filter filter;
    private int position;
    private int limit;

    PacketInputStream(PacketReader packet, Filter filter) {
        this.packet = packet;
        this.filter = filter;
    }

    @Override
    public int read() throws IOException {
        if (position == limit) {
            advance();
        }
        return packet.bytes()[position++] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (position == limit) {
            advance();
        }
        int count = Math.min(length, limit - position);
        System.arraycopy(packet.bytes(), position, into, offset, count);
        position += count;
        return count;
    }

    /**
     * Returns the number of bytes that can be read without waiting. It does not ask the socket, because Paho calls it
     * before every packet.
     */
    @Override
    public int available() {
        return limit - position;
    }

    private void advance() throws IOException {
        try {
            do {
                filter.beforePacket();
                packet.next();
            } while (!filter.isForPaho(packet));
        } catch (Throwable cause) {
            throw filter.readingFailed(cause);
        }
        position = packet.start();
        limit = packet.end();
    }
}
