package io.github.cdimqtt.internal.direct;

import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.concurrent.DetachedThreads;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.internal.packet.PacketEncoder;
import io.github.cdimqtt.internal.packet.ProtocolVersion;
import io.github.cdimqtt.internal.transport.PacketChannel;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/**
 * Writes packets to a socket on a thread of its own, in the order in which they were added. The thread takes all that are
 * queued at once, and writes its buffer when it is full or nothing more is queued: with TCP_NODELAY, each write is a segment.
 * Thread-safe.
 */
final class PacketWriter {
    private static final int BUFFER_SIZE = 16 * 1024;

    private final OutputStream socket;
    private final IntConsumer written;
    private final Consumer<Throwable> failed;
    private final PacketEncoder encoder;
    private final CountDownLatch finished = new CountDownLatch(1);
    private final AtomicLong bytesSent = new AtomicLong();
    private final AtomicInteger pingsSent = new AtomicInteger();

    private final Object lock = new Object();
    private ArrayDeque<Packet> queue = new ArrayDeque<>(); // guarded by lock, as all below
    private boolean idle;
    private boolean finishing;
    private boolean stopped;

    /**
     * Creates a writer without a thread.
     *
     * @param written receives the number of PUBLISH packets of QoS 0 that were written
     * @param failed receives what ended the thread, unless it was stopped
     */
    PacketWriter(OutputStream socket, ProtocolVersion version, IntConsumer written, Consumer<Throwable> failed) {
        this.socket = socket;
        this.encoder = new PacketEncoder(BUFFER_SIZE + 1024, version);
        this.written = written;
        this.failed = failed;
    }

    void start() {
        DetachedThreads.startDaemon("mqtt-write", this::run);
    }

    void add(Packet packet) {
        synchronized (lock) {
            if (stopped || finishing) {
                return;
            }
            if (queue.size() >= PacketChannel.MAX_QUEUED) {
                throw PacketChannel.tooManyQueued();
            }
            queue.add(packet);
            wake();
        }
    }

    /** Adds the last packet. */
    void finish(Packet last) {
        synchronized (lock) {
            queue.add(last);
            finishing = true;
            wake();
        }
    }

    /** Waits until the last packet is written. Returns whether it was, within the time. */
    boolean awaitFinished(long millis) throws InterruptedException {
        return finished.await(millis, TimeUnit.MILLISECONDS);
    }

    /** Ends the thread, and drops what is queued. */
    void stop() {
        synchronized (lock) {
            stopped = true;
            queue.clear();
            wake();
        }
    }

    private void wake() {
        if (idle) {
            idle = false;
            lock.notify();
        }
    }

    long bytesSent() {
        return bytesSent.get();
    }

    int pingsSent() {
        return pingsSent.get();
    }

    private void run() {
        try {
            ArrayDeque<Packet> batch = new ArrayDeque<>();
            do {
                batch = exchange(batch);
                write(batch);
            } while (!isOver());
            finished.countDown();
        } catch (Throwable e) {
            failed.accept(e);
        }
    }

    private boolean isOver() {
        synchronized (lock) {
            return stopped || finishing && queue.isEmpty();
        }
    }

    /** Waits until packets are queued or the thread is to end. Returns all of them, for an empty queue. */
    private ArrayDeque<Packet> exchange(ArrayDeque<Packet> empty) throws InterruptedException {
        synchronized (lock) {
            while (queue.isEmpty() && !stopped) {
                idle = true;
                lock.wait();
            }
            idle = false;
            ArrayDeque<Packet> taken = queue;
            queue = empty;
            return taken;
        }
    }

    private void write(ArrayDeque<Packet> batch) throws IOException {
        int atMostOnce = 0;
        int pings = 0;
        for (Packet packet = batch.poll(); packet != null; packet = batch.poll()) {
            encoder.write(packet);
            if (packet instanceof Packet.Publish publish) {
                write(publish.payload());
                atMostOnce += publish.qos() == Qos.AT_MOST_ONCE ? 1 : 0;
            } else if (packet instanceof Packet.PingReq) {
                pings++;
            }
            if (encoder.length() >= BUFFER_SIZE) {
                flush();
                atMostOnce = report(atMostOnce);
            }
        }
        flush();
        pingsSent.addAndGet(pings);
        report(atMostOnce);
    }

    private int report(int atMostOnce) {
        if (atMostOnce > 0) {
            written.accept(atMostOnce);
        }
        return 0;
    }

    /** Writes a large payload in parts: copied into the buffer as a whole, it would enlarge that for good. */
    private void write(ByteBuffer payload) throws IOException {
        if (payload.remaining() <= BUFFER_SIZE) {
            encoder.append(payload);
            return;
        }
        flush();
        ByteBuffer rest = payload.duplicate();
        byte[] part = new byte[BUFFER_SIZE];
        while (rest.hasRemaining()) {
            int count = Math.min(rest.remaining(), part.length);
            rest.get(part, 0, count);
            socket.write(part, 0, count);
            bytesSent.addAndGet(count);
        }
    }

    private void flush() throws IOException {
        if (encoder.length() > 0) {
            socket.write(encoder.bytes(), 0, encoder.length());
            bytesSent.addAndGet(encoder.length());
            encoder.clear();
        }
    }
}
