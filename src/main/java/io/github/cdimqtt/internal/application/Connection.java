package io.github.cdimqtt.internal.application;

import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.internal.dispatch.ConnectionEvents;
import io.github.cdimqtt.internal.net.tls.Tls;
import io.github.cdimqtt.internal.outbox.Outbox;
import io.github.cdimqtt.internal.reporting.MessageId;
import io.github.cdimqtt.internal.session.Session;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A connection of the application, with its session and its events. Thread-safe. */
record Connection(
        MqttConfig config,
        Session session,
        ConnectionEvents events,
        MqttConnection mqtt,
        @Nullable Outbox outbox) {
    /** The part of the time to shut down that is kept for the last messages and DISCONNECT, at most. */
    private static final Duration MOST_FOR_DISCONNECT = Duration.ofSeconds(1);

    /** Opens it. Completes when it is open; fails if the first attempt fails, and further attempts follow. */
    CompletableFuture<?> open() {
        String gap = Tls.verificationGap(config);
        if (gap != null) {
            warn(
                    MessageId.UNVERIFIED_BROKER,
                    mqtt + " does not make sure that it talks to its broker (" + gap + "); only for tests");
        }
        return session.start();
    }

    /** Begins to send what is in the outbox, where there is one. */
    void startOutbox() {
        if (outbox != null) {
            outbox.start();
        }
    }

    /** Returns how long the start waits for it: with {@code fail-fast}, one connection timeout for each address. */
    Duration timeToOpen() {
        Duration one = config.connectionTimeout();
        return config.failFast() ? one.multipliedBy(config.serverUris().size()) : one;
    }

    /**
     * Stops observers within the time to shut down: first those of messages, then those of events, of which
     * {@code Disconnected} is the last. The connection stays open for publishing. Completes when the observers are done.
     */
    CompletableFuture<?> stopObserving() {
        boolean inObserver = events.isObserverThread(); // an observer that ends the application would wait for itself
        return session.stopObserving(config.shutdownTimeout().minus(timeToClose()))
                .thenCompose(idle -> {
                    CompletableFuture<?> drained = events.end(session.isConnected());
                    return inObserver ? CompletableFuture.completedFuture(null) : drained;
                });
    }

    /** Returns how much of the time to shut down is kept for the messages that observers published last. */
    Duration timeToClose() {
        return lastPartOf(config.shutdownTimeout());
    }

    /** Closes it within the time that is left to shut down. */
    CompletableFuture<?> close(Duration left) {
        if (outbox == null) {
            return session.shutDown(left.minus(lastPartOf(left)));
        }
        outbox.stopSending();
        return session.shutDown(left.minus(lastPartOf(left)))
                .exceptionally(failure -> null)
                .thenCompose(closed -> outbox.release());
    }

    /** It is closed, or there is no time left. */
    void closed() {
        if (outbox != null) {
            outbox.end();
        }
    }

    private static Duration lastPartOf(Duration time) {
        return Collections.min(List.of(MOST_FOR_DISCONNECT, time.dividedBy(4)));
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
