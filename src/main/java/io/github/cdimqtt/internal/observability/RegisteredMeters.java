package io.github.cdimqtt.internal.observability;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

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
        for (Registered<T> each : all) {
            if (each.tags().equals(tags) && all.remove(each)) {
                each.removal().run();
            }
        }
    }

    /** Removes all meters. */
    void removeAll() {
        for (Registered<T> next = all.poll(); next != null; next = all.poll()) {
            next.removal().run();
        }
    }
}
