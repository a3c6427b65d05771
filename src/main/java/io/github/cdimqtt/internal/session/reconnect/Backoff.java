package io.github.cdimqtt.internal.session.reconnect;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * The delay before the next attempt. It doubles from attempt to attempt, with jitter, so that the clients of a broker
 * that restarts do not all connect at once. Immutable.
 */
public final class Backoff {
    private final long min;
    private final long max;
    private final DoubleSupplier random;

    /**
     * Creates a backoff.
     *
     * @param random supplies numbers from 0 inclusive to 1 exclusive
     */
    public Backoff(Duration min, Duration max, DoubleSupplier random) {
        this.min = min.toMillis();
        this.max = Math.max(this.min, max.toMillis());
        this.random = random;
    }

    /**
     * Returns a time between {@code min * 2^(failures-1)} and twice that, never below {@code min} or above {@code max}.
     *
     * @param failures the number of failed attempts in a row, from 1
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
