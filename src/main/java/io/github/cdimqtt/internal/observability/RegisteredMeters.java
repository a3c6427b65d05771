package io.github.cdimqtt.internal.observability;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;

/**
 * The meters that were registered with a library, and how to remove each: a registry may hold meters of other
 * applications. Thread-safe.
 *
 * @param <T> the tags of a meter
 */
final class RegisteredMeters<T> {
    private record Registered<T>(T tags, Runnable removal) {}

    private final Queue<Registered<T>> all = new ConcurrentLinkedQueue<>();

    /** Adds a meter. */
    void add(T tags, Runnable removal) {
        all.add(new Registered<>(tags, removal));
    }

    /** Removes the meters with these tags. */
    void remove(T tags) {
        removeIf(each -> each.tags().equals(tags));
    }

    /** Removes all meters. */
    void removeAll() {
        removeIf(each -> true);
    }

    private void removeIf(Predicate<Registered<T>> condition) {
        all.removeIf(each -> {
            boolean removed = condition.test(each);
            if (removed) {
                each.removal().run();
            }
            return removed;
        });
    }
}
