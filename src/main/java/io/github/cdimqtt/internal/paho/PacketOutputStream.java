package io.github.cdimqtt.internal.paho;

import io.github.cdimqtt.internal.packet.PacketType;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Takes packets from Paho's sender and flushes when no further one waits, not after each as Paho does: with
 * TCP_NODELAY each flush is a segment. Knows a packet by Paho's habit: it is flushed at its end.
 */
final class PacketOutputStream extends OutputStream {
    private static final int BUFFER = 16 * 1024;
    private static final int NONE = 0;

    private final OutputStream socket;
    private final byte[] connect;
    private final AtomicInteger waiting = new AtomicInteger();
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private final byte[] buffer = new byte[BUFFER];
    private volatile @Nullable Thread writer;
    private volatile boolean leaving;
    private int filled;
    private int type = NONE;

    /**
     * Creates a stream.
     *
     * @param connect what goes in place of Paho's CONNECT
     */
    PacketOutputStream(OutputStream socket, byte[] connect) {
        this.socket = socket;
        this.connect = connect;
    }

    /** A packet of ours is handed to Paho: it will be written, or the connection is lost. */
    void expect(int type) {
        if (isOurs(type)) {
            waiting.incrementAndGet();
        }
    }

    /** A packet of ours was refused by Paho. */
    void expectNot(int type) {
        if (isOurs(type)) {
            waiting.decrementAndGet();
        }
    }

    /** Opened at the first byte of CONNECT: from then on Paho has started all of its threads. */
    CountDownLatch begun() {
        return begun;
    }

    /** Opened when DISCONNECT is out: nothing follows. */
    CountDownLatch ended() {
        return ended;
    }

    /** Returns Paho's sender, null as long as it has written nothing. */
    @Nullable
    Thread writer() {
        return writer;
    }

    /** Waits until everything that was handed to Paho so far is written, or for so long. */
    synchronized void awaitWritten(long millis) throws InterruptedException {
        leaving = true;
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        for (long left = millis; waiting.get() > 0 && left > 0; left = (end - System.nanoTime()) / 1_000_000) {
            wait(left);
        }
    }

    private synchronized void tellThatNothingWaits() {
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
            begun.countDown();
        }
        if (type != PacketType.CONNECT) {
            append(bytes, offset, length);
        }
    }

    @Override
    public void flush() throws IOException {
        int done = type;
        type = NONE;
        if (done == PacketType.CONNECT) {
            append(connect, 0, connect.length);
        }
        int further = isOurs(done) ? waiting.decrementAndGet() : waiting.get();
        if (further <= 0 || isUrgent(done)) {
            empty();
        }
        if (further <= 0 && leaving) {
            tellThatNothingWaits();
        }
        if (done == PacketType.DISCONNECT) {
            ended.countDown();
        }
    }

    /** Tells whether we hand packets of this type to Paho; the others are its own. */
    private static boolean isOurs(int type) {
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
        if (filled + length > BUFFER) {
            empty();
        }
        if (length >= BUFFER) {
            socket.write(bytes, offset, length);
        } else {
            System.arraycopy(bytes, offset, buffer, filled, length);
            filled += length;
        }
    }

    private void empty() throws IOException {
        socket.write(buffer, 0, filled);
        filled = 0;
    }
}
