package io.github.cdimqtt.internal.cdi;

import io.github.cdimqtt.MqttConfig;
import java.time.Duration;

/** How long the start and the end of an application wait for its connections. */
final class Patience {
    /** Of the time to shut down, for DISCONNECT. */
    private static final Duration MOST_FOR_THE_GOODBYE = Duration.ofSeconds(1);

    private Patience() {}

    /** Returns how long the start waits for a connection: where all depends on it, until each broker had its time. */
    static Duration ofStart(MqttConfig config) {
        Duration one = config.connectionTimeout();
        return config.failFast() ? one.multipliedBy(config.serverUris().size()) : one;
    }

    /** Returns what is kept of the time to shut down. */
    static Duration ofTheGoodbye(Duration timeout) {
        Duration share = timeout.dividedBy(4);
        return share.compareTo(MOST_FOR_THE_GOODBYE) < 0 ? share : MOST_FOR_THE_GOODBYE;
    }
}
