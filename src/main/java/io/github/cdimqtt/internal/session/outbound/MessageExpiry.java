package io.github.cdimqtt.internal.session.outbound;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import io.github.cdimqtt.MqttProperties;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long a message is of use (MQTT 5.0, section 3.3.2.3.3), counted from the call that published it. Immutable.
 *
 * @param seconds as the application set it, 0 to 4,294,967,295
 * @param deadline when it is over, on the clock of the session's timer, in nanoseconds
 */
record MessageExpiry(long seconds, long deadline) {
    /** The protocol counts whole seconds, so what expires after 0 may wait for less than one. */
    private static final long SHORTEST = 1;

    /** Returns that of a message that was published then; null if it is of use for ever. */
    static @Nullable MessageExpiry of(MqttProperties properties, long calledAt) {
        Duration expiry = properties.expiry();
        return expiry == null ? null : new MessageExpiry(expiry.toSeconds(), calledAt + longest(expiry));
    }

    /**
     * Returns that of a message that an earlier JVM stored; null if it is of use for ever.
     *
     * @param deadline when it is over by the wall clock, in milliseconds since 1970; null if that was not stored
     * @param today the time of the wall clock
     */
    static @Nullable MessageExpiry ofStored(MqttProperties properties, @Nullable Long deadline, long today, long now) {
        Duration expiry = properties.expiry();
        if (expiry == null || deadline == null) {
            return of(properties, now);
        }
        long left = MILLISECONDS.toNanos(Math.max(deadline, today) - today);
        return new MessageExpiry(
                expiry.toSeconds(), now + Math.min(left, longest(expiry))); // the wall clock may have been set back
    }

    private static long longest(Duration expiry) {
        return SECONDS.toNanos(Math.max(SHORTEST, expiry.toSeconds()));
    }

    boolean isOver(long now) {
        return deadline - now <= 0;
    }

    /** Returns how long it is of use, in milliseconds; not above 0 if that is over. */
    long left(long now) {
        return NANOSECONDS.toMillis(deadline - now);
    }

    /**
     * Returns properties with the seconds that are left, rounded up. At least 1, also past the deadline, where the message has
     * gone before: there are brokers that take 0 for no expiry (Mosquitto 2.0.11). What was 0 stays 0.
     */
    MqttProperties remaining(MqttProperties properties, long now) {
        long left = Math.max(1, -Math.floorDiv(now - deadline, SECONDS.toNanos(1)));
        return left >= seconds
                ? properties
                : properties.toBuilder().expiry(Duration.ofSeconds(left)).build();
    }
}
