package io.github.cdimqtt.internal.memory;

import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.internal.transport.PacketChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** What the broker has sent to one channel, and the channel's thread has not taken. Thread-safe. */
final class PacketMailbox implements PacketSink {
    private static final long NANOS_OF_A_MILLI = 1_000_000;

    /** After the end of its connection nobody tells it that the delay is another one. */
    private static final long LONGEST_DELAY_UNSEEN = 50 * NANOS_OF_A_MILLI;

    /**
     * What the thread takes at a time.
     *
     * @param written how many messages of QoS 0 were sent
     * @param packet null for none
     * @param isEnd whether nothing follows
     */
    record Item(int written, @Nullable Packet packet, boolean isEnd) {}

    /** A packet, and when it was sent, as of {@link System#nanoTime}. */
    private record Sent(Packet packet, long at) {}

    private final LongSupplier delay;
    private final Deque<Sent> packets = new ArrayDeque<>();
    private int written;
    private long bytes;
    private boolean paused;
    private boolean ended; // by the broker
    private boolean closed; // by the channel
    private boolean woken = true;

    /**
     * Creates an empty one.
     *
     * @param delay how long a packet is on its way, in nanoseconds
     */
    PacketMailbox(LongSupplier delay) {
        this.delay = delay;
    }

    /** Takes a packet, but no message of QoS 0 beyond what may be queued. */
    @Override
    public synchronized void packet(Packet packet) {
        bytes += MemoryChannel.size(packet);
        boolean dispensable = packet instanceof Packet.Publish message && message.qos() == Qos.AT_MOST_ONCE;
        if (!closed && !(dispensable && packets.size() >= PacketChannel.MAX_QUEUED)) {
            packets.add(new Sent(packet, System.nanoTime()));
            notifyAll();
        } else {
            dropped(packet);
        }
    }

    @Override
    public synchronized void ended() {
        ended = true;
        notifyAll();
    }

    @Override
    public synchronized void wake() {
        woken = true;
        notifyAll();
    }

    /** A message of QoS 0 was sent. */
    synchronized void written() {
        written++;
        notifyAll();
    }

    synchronized void pause() {
        paused = true;
    }

    synchronized void resume() {
        paused = false;
        notifyAll();
    }

    /** The channel was closed: nothing but what was written is to be taken. */
    synchronized void close() {
        closed = true;
        packets.forEach(each -> dropped(each.packet()));
        packets.clear();
        notifyAll();
    }

    private static void dropped(Packet packet) {
        if (packet instanceof Packet.Publish message && message.qos() == Qos.AT_MOST_ONCE) {
            MemoryBroker.DELIVERIES.settled(message);
        }
    }

    synchronized boolean isClosed() {
        return closed;
    }

    synchronized long bytesReceived() {
        return bytes;
    }

    /**
     * Waits for the next item. Packets and the end wait while it is paused.
     *
     * @param due does what is due at the broker and returns the nanoseconds until the next task; called without a lock
     */
    Item take(LongSupplier due) throws InterruptedException {
        while (true) {
            Item item = poll();
            if (item != null) {
                return item;
            }
            await(due.getAsLong());
        }
    }

    private synchronized @Nullable Item poll() {
        woken = false;
        if (written == 0 && !hasPacket() && !isEnd()) {
            return null;
        }
        Sent sent = hasPacket() ? packets.poll() : null;
        Item item = new Item(written, sent == null ? null : sent.packet(), sent == null && isEnd());
        written = 0;
        return item;
    }

    private boolean hasPacket() {
        return !paused && nanosToNext() <= 0;
    }

    /** Returns the nanoseconds until the next packet has arrived, {@link Long#MAX_VALUE} if there is none. */
    private long nanosToNext() {
        Sent next = packets.peek();
        return next == null ? Long.MAX_VALUE : next.at() + delay.getAsLong() - System.nanoTime();
    }

    private boolean isEnd() {
        return closed || ended && !paused && packets.isEmpty();
    }

    @SuppressWarnings("WaitNotInLoop") // the caller is the loop
    private synchronized void await(long nanos) throws InterruptedException {
        if (!woken && written == 0 && !hasPacket() && !isEnd()) {
            long left = paused || packets.isEmpty()
                    ? nanos
                    : Math.min(nanos, Math.min(nanosToNext(), LONGEST_DELAY_UNSEEN));
            if (left == Long.MAX_VALUE) {
                wait();
            } else {
                wait(1 + left / NANOS_OF_A_MILLI);
            }
        }
    }
}
