package io.github.cdimqtt.internal.memory;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** What the broker has to do later, by its clock. Not thread-safe. */
final class DueTasks {
    /** A task, and the time at which it is due. */
    record Due(long at, long number, Runnable task) {}

    private final PriorityQueue<Due> waiting =
            new PriorityQueue<>(Comparator.comparingLong(Due::at).thenComparingLong(Due::number));
    private final LongSupplier clock;
    private final long origin;
    private final Runnable earlier;
    private long count;

    /**
     * Creates it.
     *
     * @param clock in nanoseconds
     * @param earlier called when a task is due before all others
     */
    DueTasks(LongSupplier clock, Runnable earlier) {
        this.clock = clock;
        this.origin = clock.getAsLong();
        this.earlier = earlier;
    }

    /** Returns the time in nanoseconds since the broker began. */
    long now() {
        return clock.getAsLong() - origin;
    }

    Due addIn(long seconds, Runnable task) {
        Due due = new Due(now() + seconds * 1_000_000_000, count++, task);
        waiting.add(due);
        if (due.equals(waiting.peek())) {
            earlier.run();
        }
        return due;
    }

    void cancel(@Nullable Due due) {
        if (due != null) {
            waiting.remove(due);
        }
    }

    /** Does what is due. Returns the nanoseconds until the next task, {@link Long#MAX_VALUE} if there is none. */
    long run() {
        for (Due next = waiting.peek(); next != null; next = waiting.peek()) {
            long left = next.at() - now();
            if (left > 0) {
                return left;
            }
            waiting.remove(next);
            next.task().run();
        }
        return Long.MAX_VALUE;
    }
}
