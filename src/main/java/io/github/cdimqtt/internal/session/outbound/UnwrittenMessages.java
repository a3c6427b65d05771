package io.github.cdimqtt.internal.session.outbound;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Queue;

/**
 * The messages of QoS 0 that were sent on the channel and are not written yet, and how many there may be. Guarded by the lock
 * of its {@link PublishQueue}.
 */
final class UnwrittenMessages {
    private final int max;
    private final Queue<OutgoingMessage> messages = new ArrayDeque<>();

    UnwrittenMessages(int max) {
        this.max = max;
    }

    boolean hasRoom() {
        return messages.size() < max;
    }

    /** Adds a message that was sent just now: while the lock is held, nobody can report it as written. */
    void add(OutgoingMessage message) {
        messages.add(message);
    }

    /** Returns and removes those that were written, in the order in which they were sent. */
    List<OutgoingMessage> written(int count) {
        List<OutgoingMessage> written = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            written.add(messages.remove());
        }
        return written;
    }

    /** Returns all, to be failed and removed. */
    Collection<OutgoingMessage> all() {
        return messages;
    }
}
