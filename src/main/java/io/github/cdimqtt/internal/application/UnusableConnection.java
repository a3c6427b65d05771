package io.github.cdimqtt.internal.application;

import static java.util.Objects.requireNonNull;

import io.github.cdimqtt.Mqtt;
import io.github.cdimqtt.MqttEvent;
import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.MqttMessage;
import io.github.cdimqtt.MqttMetrics;
import io.github.cdimqtt.MqttProperties;
import io.github.cdimqtt.PublishInTransaction;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.Retained;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The {@link Mqtt} of a connection that could not be made: never connected, and every call fails with the reason. Immutable. */
final class UnusableConnection implements Mqtt {
    private final String broker;
    private final MqttException reason;
    private final PublishInTransaction when;
    private final Runnable setRollbackOnly;

    /**
     * One that can't be used because of the cause.
     *
     * @param when how it is to publish: where an outbox is to keep a message, nothing is to be stored without it
     * @param setRollbackOnly marks the transaction of the calling thread, if it has one, for rollback
     */
    UnusableConnection(String broker, RuntimeException cause, PublishInTransaction when, Runnable setRollbackOnly) {
        this(
                broker,
                new MqttException("the connection '" + broker + "' can't be used: " + cause.getMessage(), cause),
                when,
                setRollbackOnly);
    }

    private UnusableConnection(
            String broker, MqttException reason, PublishInTransaction when, Runnable setRollbackOnly) {
        this.broker = broker;
        this.reason = reason;
        this.when = when;
        this.setRollbackOnly = setRollbackOnly;
    }

    String reason() {
        return String.valueOf(reason.getMessage());
    }

    @Override
    public CompletionStage<MqttEvent.Published> publish(
            String topic, @Nullable Object payload, Qos qos, boolean retain, MqttProperties properties) {
        requireNonNull(topic, "topic");
        requireNonNull(qos, "qos");
        requireNonNull(properties, "properties");
        return notPublished();
    }

    private CompletionStage<MqttEvent.Published> notPublished() {
        if (when == PublishInTransaction.OUTBOX) {
            setRollbackOnly.run();
        }
        return CompletableFuture.failedStage(reason);
    }

    @Override
    public Mqtt inTransaction(PublishInTransaction other) {
        return new UnusableConnection(broker, reason, requireNonNull(other, "when"), setRollbackOnly);
    }

    @Override
    public CompletionStage<Qos> subscribe(
            String filter, Qos qos, Retained retained, @Nullable Consumer<MqttMessage> consumer) {
        requireNonNull(filter, "filter");
        requireNonNull(qos, "qos");
        requireNonNull(retained, "retained");
        return CompletableFuture.failedStage(reason);
    }

    @Override
    public <T> CompletionStage<T> request(String topic, @Nullable Object payload, Class<T> type) {
        requireNonNull(topic, "topic");
        requireNonNull(type, "type");
        return CompletableFuture.failedStage(reason);
    }

    @Override
    public CompletionStage<MqttMessage> request(
            String topic, @Nullable Object payload, Qos qos, MqttProperties properties) {
        requireNonNull(topic, "topic");
        requireNonNull(qos, "qos");
        requireNonNull(properties, "properties");
        return CompletableFuture.failedStage(reason);
    }

    @Override
    public CompletionStage<MqttEvent.Published> reply(
            MqttMessage request, @Nullable Object payload, MqttProperties properties) {
        requireNonNull(request, "request");
        requireNonNull(properties, "properties");
        return notPublished();
    }

    @Override
    public CompletionStage<Void> reauthenticate() {
        return CompletableFuture.failedStage(reason);
    }

    @Override
    public CompletionStage<Void> unsubscribe(String filter) {
        requireNonNull(filter, "filter");
        return CompletableFuture.failedStage(reason);
    }

    @Override
    public CompletionStage<Void> unsubscribeAll() {
        return CompletableFuture.failedStage(reason);
    }

    @Override
    public CompletionStage<Void> connect() {
        return CompletableFuture.failedStage(reason);
    }

    /** Succeeds, as it is never connected. */
    @Override
    public CompletionStage<Void> disconnect() {
        return CompletableFuture.completedStage(null);
    }

    @Override
    public Map<String, Qos> subscriptions() {
        return Map.of();
    }

    @Override
    public boolean isConnected() {
        return false;
    }

    /** Throws the reason. */
    @Override
    public String clientId() {
        throw reason;
    }

    @Override
    public MqttMetrics metrics() {
        return new MqttMetrics(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, Map.of());
    }

    @Override
    public String toString() {
        return "Mqtt[" + broker + ", can't be used]";
    }
}
