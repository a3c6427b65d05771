package io.github.cdimqtt.internal.application;

import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.internal.reporting.MessageId;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The first attempts to connect, at the start of an application, and the wait for them. Confined to the starting thread. */
final class FirstAttempts {
    private final Map<Connection, CompletableFuture<?>> awaited = new LinkedHashMap<>();

    /** Opens a connection, unless it is disabled. */
    void open(Connection connection) {
        if (connection.config().enabled()) {
            CompletableFuture<?> attempted = connection.open();
            if (!connection.config().connectAsync() || connection.config().failFast()) {
                awaited.put(connection, attempted);
            }
        }
    }

    /**
     * Waits for the attempts that the start depends on, each within its time.
     *
     * @throws MqttException if a connection with {@code fail-fast} is not open then
     */
    void await() {
        long began = System.nanoTime();
        awaited.forEach((connection, attempted) -> await(connection, attempted, began));
    }

    private static void await(Connection connection, CompletableFuture<?> attempted, long began) {
        Duration timeout = connection.timeToOpen();
        try {
            attempted.get(timeout.toNanos() - (System.nanoTime() - began), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (TimeoutException e) {
            failed(connection, "no connection within " + timeout.toMillis() + " ms", null);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            failed(connection, String.valueOf(cause.getMessage()), cause);
        }
    }

    private static void failed(Connection connection, String reason, @Nullable Throwable cause) {
        if (connection.config().failFast()) {
            throw new MqttException(
                    MessageId.FAILED_FAST + ": the application may not start without " + connection.mqtt()
                            + " (fail-fast=true): " + reason,
                    cause);
        }
        connection.warn(
                MessageId.STARTED_WITHOUT_CONNECTION,
                "the application starts without " + connection.mqtt() + ", which is tried again and again: " + reason);
    }
}
