package io.github.cdimqtt.internal.paho;

import io.github.cdimqtt.internal.packet.PacketType;
import io.github.cdimqtt.internal.transport.PacketChannel;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Receives packets from Paho's sender, and flushes when no more are pending instead of after each: with TCP_NODELAY,
 * each flush is a segment. A packet ends where Paho calls {@link #flush}. Written by Paho's sender only; the other
 * methods are thread-safe.
 */
final class PahoOutput extends OutputStream {
    private static final int BUFFER_SIZE = 16 * 1024;
    private static final int NONE = -1;
    private static final int QOS = 0b0110;

    private final OutputStream socket;
    private final byte[] connect;
    private final IntConsumer written;
    private final AtomicInteger pending = new AtomicInteger();
    private final CountDownLatch started = new CountDownLatch(1);
    private final byte[] buffer = new byte[BUFFER_SIZE];
    private volatile @Nullable Thread writer;
    private volatile boolean draining;
    private final AtomicLong bytesSent = new AtomicLong();
    private final AtomicInteger pingsSent = new AtomicInteger();
    private int filled;
    private int header = NONE; // first byte of the current packet
    private int atMostOnce; // packets of QoS 0 in the buffer
    private int pings; // in the buffer

    /**
     * Creates a stream.
     *
     * @param connect replaces Paho's CONNECT
     * @param written receives the number of PUBLISH packets of QoS 0 that were written
     */
    PahoOutput(OutputStream socket, byte[] connect, IntConsumer written) {
        this.socket = socket;
        this.connect = connect;
        this.written = written;
    }

    /**
     * Counts a packet passed to Paho: it will be written, or the connection is lost.
     *
     * @throws IllegalStateException if more are pending than a channel queues
     */
    void expect() {
        if (pending.incrementAndGet() > PacketChannel.MAX_QUEUED) {
            pending.decrementAndGet();
            throw PacketChannel.tooManyQueued();
        }
    }

    /** Uncounts a packet that Paho refused. */
    void cancelExpected() {
        pending.decrementAndGet();
    }

    /** Returns a latch that opens at the first byte of CONNECT: by then Paho has started all of its threads. */
    CountDownLatch started() {
        return started;
    }

    /** Returns Paho's sender; null before it has written anything. */
    @Nullable
    Thread writer() {
        return writer;
    }

    long bytesSent() {
        return bytesSent.get();
    }

    int pingsSent() {
        return pingsSent.get();
    }

    /** Waits until every packet passed to Paho so far is written. Returns whether all are, within the time. */
    synchronized boolean awaitWritten(long millis) throws InterruptedException {
        draining = true;
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        for (long left = millis; pending.get() > 0 && left > 0; left = (end - System.nanoTime()) / 1_000_000) {
            wait(left);
        }
        return pending.get() == 0;
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
        if (header == NONE && length > 0) {
            header = bytes[offset] & 0xff;
            if (writer == null) {
                writer = Thread.currentThread();
                started.countDown();
            }
        }
        if (!isPahos()) {
            append(bytes, offset, length);
        }
    }

    /** Returns whether Paho made the current packet itself; it makes no other. */
    private boolean isPahos() {
        return PacketType.of(header) == PacketType.CONNECT;
    }

    @Override
    public void flush() throws IOException {
        if (header == NONE) {
            return;
        }
        boolean pahos = isPahos();
        if (pahos) {
            append(connect, 0, connect.length);
        } else {
            int type = PacketType.of(header);
            atMostOnce += type == PacketType.PUBLISH && (header & QOS) == 0 ? 1 : 0;
            pings += type == PacketType.PINGREQ ? 1 : 0;
        }
        header = NONE;
        if (pahos || pending.get() <= 1) {
            writeBuffer();
        }
        if (!pahos) {
            pending.decrementAndGet(); // not before it is written
            if (draining) {
                signalDrained();
            }
        }
    }

    private void append(byte[] bytes, int offset, int length) throws IOException {
        if (filled + length > BUFFER_SIZE) {
            writeBuffer();
        }
        if (length >= BUFFER_SIZE) {
            socket.write(bytes, offset, length);
            bytesSent.addAndGet(length);
        } else {
            System.arraycopy(bytes, offset, buffer, filled, length);
            filled += length;
        }
    }

    private void writeBuffer() throws IOException {
        socket.write(buffer, 0, filled);
        bytesSent.addAndGet(filled);
        filled = 0;
        pingsSent.addAndGet(pings);
        pings = 0;
        if (atMostOnce > 0) {
            int count = atMostOnce;
            atMostOnce = 0;
            written.accept(count);
        }
    }
}
