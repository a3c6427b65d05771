package io.github.cdimqtt.internal.paho;

import io.github.cdimqtt.internal.packet.PacketReader;
import java.io.IOException;
import java.io.InputStream;

/**
 * What Paho's receiver reads: whole packets only, and of these only the answers that Paho waits for. All that an
 * exception could do to that thread is turned into an {@link IOException}, which Paho survives.
 */
final class PacketInputStream extends InputStream {

    /** Sees the packets first, on Paho's receiver thread. */
    interface Filter {

        /** Called before each wait for a packet, when Paho is done with the one before. */
        void await() throws IOException, InterruptedException;

        /** Returns whether Paho is to have the packet. */
        boolean isForPaho(PacketReader packet) throws IOException;

        /** Reading has come to its end. */
        IOException ended(Throwable cause);
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

    /** Returns what can be read without waiting; asks the socket nothing, because Paho asks before every packet. */
    @Override
    public int available() {
        return limit - position;
    }

    private void advance() throws IOException {
        try {
            do {
                filter.await();
                packet.next();
            } while (!filter.isForPaho(packet));
        } catch (Throwable cause) {
            throw filter.ended(cause);
        }
        position = packet.start();
        limit = packet.end();
    }
}
