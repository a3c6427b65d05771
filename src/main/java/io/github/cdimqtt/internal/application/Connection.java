package io.github.cdimqtt.internal.application;

import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.internal.dispatch.ConnectionEvents;
import io.github.cdimqtt.internal.net.tls.Tls;
import io.github.cdimqtt.internal.reporting.MessageId;
import io.github.cdimqtt.internal.session.Session;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** One connection of the application, and all that belongs to it. Thread-safe. */
record Connection(MqttConfig config, Session session, ConnectionEvents events, MqttConnection mqtt) {
    /** Of the time to shut down, for DISCONNECT. */
    private static final Duration MOST_FOR_THE_GOODBYE = Duration.ofSeconds(1);

    /** Opens it. Completes when it is open, or fails with the first attempt; that is tried again. */
    CompletableFuture<?> open() {
        String hole = new Tls(config).hole();
        if (hole != null) {
            warn(
                    MessageId.UNVERIFIED_BROKER,
                    mqtt + " does not make sure that it talks to its broker (" + hole + "); only for tests");
        }
        return session.start();
    }

    /** Returns how long the start waits for it: where all depends on it, until each broker had its time. */
    Duration timeToOpen() {
        Duration one = config.connectionTimeout();
        return config.failFast() ? one.multipliedBy(config.serverUris().size()) : one;
    }

    /**
     * Ends what is observed of it, within its time: messages first, then events, {@code Disconnected} the last. It stays open
     * for what is published. Completes when the observers are done.
     */
    CompletableFuture<?> stopObserving() {
        boolean here = events.isObserverThread(); // an observer that ends the application would wait for itself
        return session.stopObserving(config.shutdownTimeout().minus(timeToClose()))
                .thenCompose(idle -> {
                    CompletableFuture<?> told = events.end(session.isConnected());
                    return here ? CompletableFuture.completedFuture(null) : told;
                });
    }

    /** Returns how much of its time to shut down is kept, however long observers take: for what they published last. */
    Duration timeToClose() {
        return lastPartOf(config.shutdownTimeout());
    }

    /** Closes it, within what is left of its time. */
    CompletableFuture<?> close(Duration left) {
        return session.shutDown(left.minus(lastPartOf(left)));
    }

    private static Duration lastPartOf(Duration time) {
        return Collections.min(List.of(MOST_FOR_THE_GOODBYE, time.dividedBy(4)));
    }

    void warnOfTheEnd() {
        warn(
                MessageId.SHUTDOWN_TIMED_OUT,
                mqtt + " was not done within shutdown-timeout="
                        + config.shutdownTimeout().toMillis()
                        + "ms, most likely because an observer of its events has not returned; it is interrupted");
    }

    void warn(MessageId id, String text) {
        events.log(id, "session", () -> text);
    }
}
