package io.github.cdimqtt.internal.paho;

import io.github.cdimqtt.internal.packet.PacketType;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Receives packets from Paho's sender, and flushes when no more are pending instead of after each: with TCP_NODELAY,
 * each flush is a segment. A packet ends where Paho calls {@link #flush}. Written by Paho's sender only; the other
 * methods are thread-safe.
 */
final class PacketOutputStream extends OutputStream {
    private static final int BUFFER_SIZE = 16 * 1024;
    private static final int NONE = 0;

    private final OutputStream socket;
    private final byte[] connect;
    private final AtomicInteger pending = new AtomicInteger();
    private final CountDownLatch started = new CountDownLatch(1);
    private final CountDownLatch disconnected = new CountDownLatch(1);
    private final byte[] buffer = new byte[BUFFER_SIZE];
    private volatile @Nullable Thread writer;
    private volatile boolean draining;
    private int filled;
    private int type = NONE;

    /**
     * Creates a stream.
     *
     * @param connect replaces Paho's CONNECT
     */
    PacketOutputStream(OutputStream socket, byte[] connect) {
        this.socket = socket;
        this.connect = connect;
    }

    /** Counts a packet passed to Paho: it will be written, or the connection is lost. */
    void expect(int type) {
        if (isFromSession(type)) {
            pending.incrementAndGet();
        }
    }

    /** Uncounts a packet that Paho refused. */
    void cancelExpected(int type) {
        if (isFromSession(type)) {
            pending.decrementAndGet();
        }
    }

    /** Returns a latch that opens at the first byte of CONNECT: by then Paho has started all of its threads. */
    CountDownLatch started() {
        return started;
    }

    /** Returns a latch that opens when DISCONNECT, the last packet, is written. */
    CountDownLatch disconnected() {
        return disconnected;
    }

    /** Returns Paho's sender; null before it has written anything. */
    @Nullable
    Thread writer() {
        return writer;
    }

    /** Waits until every packet passed to Paho so far is written, at most for the time given. */
    synchronized void awaitWritten(long millis) throws InterruptedException {
        draining = true;
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        for (long left = millis; pending.get() > 0 && left > 0; left = (end - System.nanoTime()) / 1_000_000) {
            wait(left);
        }
    }

    private synchronized void signalDrained() {
        notifyAll();
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (type == NONE && length > 0) {
            type = PacketType.of(bytes[offset]);
            writer = Thread.currentThread();
            started.countDown();
        }
        if (type != PacketType.CONNECT) {
            append(bytes, offset, length);
        }
    }

    @Override
    public void flush() throws IOException {
        int written = type;
        type = NONE;
        if (written == PacketType.CONNECT) {
            append(connect, 0, connect.length);
        }
        int remaining = isFromSession(written) ? pending.decrementAndGet() : pending.get();
        if (remaining <= 0 || isUrgent(written)) {
            writeBuffer();
        }
        if (remaining <= 0 && draining) {
            signalDrained();
        }
        if (written == PacketType.DISCONNECT) {
            disconnected.countDown();
        }
    }

    /** Returns whether the session sends packets of this type through Paho; the others are Paho's own. */
    private static boolean isFromSession(int type) {
        return switch (type) {
            case PacketType.PUBLISH,
                    PacketType.PUBACK,
                    PacketType.PUBREC,
                    PacketType.PUBCOMP,
                    PacketType.SUBSCRIBE,
                    PacketType.UNSUBSCRIBE -> true;
            default -> false;
        };
    }

    private static boolean isUrgent(int type) {
        return type == PacketType.CONNECT || type == PacketType.PINGREQ || type == PacketType.DISCONNECT;
    }

    private void append(byte[] bytes, int offset, int length) throws IOException {
        if (filled + length > BUFFER_SIZE) {
            writeBuffer();
        }
        if (length >= BUFFER_SIZE) {
            socket.write(bytes, offset, length);
        } else {
            System.arraycopy(bytes, offset, buffer, filled, length);
            filled += length;
        }
    }

    private void writeBuffer() throws IOException {
        socket.write(buffer, 0, filled);
        filled = 0;
    }
}
