package io.github.cdimqtt.internal.memory;

import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.internal.topic.TopicFilter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What clients have published, and their wills: the last of them, within bounds. Thread-safe. */
final class PublishedMessages {
    /** How many are kept. */
    static final int MOST = 10_000;

    /** How many bytes of payload are kept; the last message is, however large. */
    static final int MOST_BYTES = 16 * 1024 * 1024;

    private static final class Entry {
        private final Packet.Publish message;
        private boolean awaited;

        private Entry(Packet.Publish message) {
            this.message = message;
        }
    }

    private final Deque<Entry> entries = new ArrayDeque<>(); // guarded by this
    private long bytes; // guarded by this

    PublishedMessages() {}

    /** A message was published; its payload is not changed any more. */
    synchronized void add(Packet.Publish message) {
        entries.add(new Entry(message));
        bytes += message.payload().remaining();
        while (entries.size() > MOST || bytes > MOST_BYTES && entries.size() > 1) {
            bytes -= entries.remove().message.payload().remaining();
        }
        notifyAll();
    }

    /** Returns all, the oldest first. */
    synchronized List<Packet.Publish> all() {
        return entries.stream().map(each -> each.message).toList();
    }

    /**
     * Waits for the first that matches and that this has not returned before.
     *
     * @param deadline as of {@link System#nanoTime}
     * @return null if none has come by then
     */
    synchronized Packet.@Nullable Publish await(TopicFilter filter, long deadline) throws InterruptedException {
        while (true) {
            for (Entry each : entries) {
                if (!each.awaited && filter.matches(each.message.topic())) {
                    each.awaited = true;
                    return each.message;
                }
            }
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                return null;
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
    }

    synchronized void clear() {
        entries.clear();
        bytes = 0;
    }
}
