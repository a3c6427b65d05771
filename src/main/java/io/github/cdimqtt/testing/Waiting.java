package io.github.cdimqtt.testing;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The waits of one call of a test, which end together. Immutable. */
final class Waiting {
    private static final Duration LONGEST = Duration.ofDays(365);

    /** Waits. */
    interface Wait<T> {
        /** Returns what came about by the deadline, which is as of {@link System#nanoTime}; null if nothing did. */
        @Nullable
        T until(long deadline) throws InterruptedException;
    }

    private final Duration timeout;
    private final long deadline;

    private Waiting(Duration timeout) {
        this.timeout = timeout;
        this.deadline = System.nanoTime() + nanos(timeout);
    }

    static Waiting of(Duration timeout) {
        return new Waiting(timeout);
    }

    /** Returns a duration in nanoseconds, a year if it is longer. */
    static long nanos(Duration duration) {
        return (duration.compareTo(LONGEST) > 0 ? LONGEST : duration).toNanos();
    }

    boolean until(Wait<Boolean> wait) {
        return Boolean.TRUE.equals(get(wait));
    }

    <T> @Nullable T get(Wait<T> wait) {
        try {
            return wait.until(deadline);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** Returns where a thread is. */
    static Throwable in(String observer, Thread thread) {
        Throwable where = new IllegalStateException(observer + " is here, on the thread " + thread.getName());
        where.setStackTrace(thread.getStackTrace());
        return where;
    }

    @Override
    public String toString() {
        return timeout.toMillis() + " ms";
    }
}
