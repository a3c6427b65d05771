package io.github.cdimqtt.internal.session.outbound;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * The messages that wait to be sent for the first time, in the order of the calls. Guarded by the lock of its {@link
 * PublishQueue}.
 */
final class WaitingMessages {
    private final Queue<OutgoingMessage> messages = new ArrayDeque<>();

    /** The expiry of the message that expires first, or of one that has left; null if none expires. */
    private @Nullable MessageExpiry first;

    int size() {
        return messages.size();
    }

    boolean isEmpty() {
        return messages.isEmpty();
    }

    void add(OutgoingMessage message) {
        messages.add(message);
        noteExpiry(message);
    }

    private void noteExpiry(OutgoingMessage message) {
        MessageExpiry expiry = message.expiry;
        if (expiry != null && (first == null || expiry.deadline() - first.deadline() < 0)) {
            first = expiry;
        }
    }

    /** Returns the one that waits longest. */
    OutgoingMessage head() {
        return messages.element();
    }

    OutgoingMessage remove() {
        return messages.remove();
    }

    /** Returns and removes those that have expired; looks through them only if there may be one. */
    List<OutgoingMessage> removeExpired(long now) {
        if (first == null || !first.isOver(now)) {
            return List.of();
        }
        List<OutgoingMessage> expired = new ArrayList<>();
        first = null;
        messages.removeIf(each -> {
            if (each.expiry != null && each.expiry.isOver(now)) {
                expired.add(each);
                return true;
            }
            noteExpiry(each);
            return false;
        });
        return expired;
    }

    /** Returns all, to be failed and removed. */
    Collection<OutgoingMessage> all() {
        return messages;
    }
}
