package io.github.cdimqtt.internal.client;

import io.github.cdimqtt.MqttConfig;
import java.time.Duration;
import java.util.List;
import java.util.function.DoubleSupplier;

/** Remembers how attempts and connections ended, and says where and when to try next. On the session's lane only. */
final class Outages {
    /** A connection that lived this long was a good one: the next outage starts with the shortest delay again. */
    private static final Duration STABLE = Duration.ofSeconds(10);

    private static final int SHORT_LIVES_OF_A_RIVAL = 3;

    private final List<String> serverUris;
    private final Backoff backoff;
    private final Timer timer;
    private int failures;
    private int shortLives;
    private long acceptedAt;

    Outages(MqttConfig config, Timer timer, DoubleSupplier random) {
        this.serverUris = config.serverUris();
        this.backoff = new Backoff(config.reconnectMinDelay(), config.reconnectMaxDelay(), random);
        this.timer = timer;
    }

    /** Begins anew with the first address. */
    void reset() {
        failures = 0;
        shortLives = 0;
    }

    /** Returns the address to try: one after the other, the first again after each outage. */
    String nextUri() {
        return serverUris.get(failures % serverUris.size());
    }

    void accepted() {
        acceptedAt = timer.nanoTime();
    }

    /** An attempt failed. Returns how long to wait: not at all while there is another address to try. */
    Duration attemptFailed() {
        failures++;
        return failures % serverUris.size() == 0 ? backoff.after(failures / serverUris.size()) : Duration.ZERO;
    }

    /** A connection was lost. Returns how long to wait: longer each time, while connections do not live. */
    Duration connectionLost() {
        shortLives = timer.nanoTime() - acceptedAt > STABLE.toNanos() ? 0 : shortLives + 1;
        failures = 0;
        return backoff.after(Math.max(1, shortLives));
    }

    /** Returns how many attempts failed in a row. */
    int failures() {
        return failures;
    }

    /** Tells, once, that connections were ended again and again as by a second client of the same id. */
    boolean suspectsRival() {
        return shortLives == SHORT_LIVES_OF_A_RIVAL;
    }
}
