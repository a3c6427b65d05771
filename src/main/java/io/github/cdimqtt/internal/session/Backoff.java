package io.github.cdimqtt.internal.session;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * How long to wait before the next attempt: it doubles from one to the next, with jitter, so that the clients of a
 * broker that comes back do not come all at once. Immutable.
 */
final class Backoff {
    private final long min;
    private final long max;
    private final DoubleSupplier random;

    /**
     * Creates a backoff.
     *
     * @param random gives numbers from 0 to below 1
     */
    Backoff(Duration min, Duration max, DoubleSupplier random) {
        this.min = min.toMillis();
        this.max = Math.max(this.min, max.toMillis());
        this.random = random;
    }

    /**
     * Returns a time between {@code min * 2^(failures-1)} and twice that, never below {@code min} or above {@code max}.
     *
     * @param failures how many attempts failed in a row, from 1
     */
    Duration after(int failures) {
        long upper = Math.min(max, min << Math.min(failures, 30));
        if (upper <= 0) {
            upper = max; // the shift overflowed
        }
        long lower = Math.max(min, upper / 2);
        return Duration.ofMillis(lower + (long) (random.getAsDouble() * (upper - lower)));
    }
}
