package io.github.cdimqtt.internal.session;

import io.github.cdimqtt.MqttEvent;
import io.github.cdimqtt.internal.concurrent.SerialExecutor;
import io.github.cdimqtt.internal.concurrent.StageCompleter;
import io.github.cdimqtt.internal.reporting.ConnectionListener;
import io.github.cdimqtt.internal.reporting.MessageId;
import io.github.cdimqtt.internal.session.inbound.DeadLetters;
import io.github.cdimqtt.internal.session.inbound.Delivery;
import io.github.cdimqtt.internal.session.inbound.FailurePolicy;
import io.github.cdimqtt.internal.session.inbound.Outcome;
import io.github.cdimqtt.internal.session.inbound.ReceiveQueue;
import io.github.cdimqtt.internal.session.outbound.PublishQueue;
import io.github.cdimqtt.internal.text.Printable;
import java.util.concurrent.CompletableFuture;

/**
 * Carries out the failure policy's decision about a message that an observer failed on. On the session's executor only.
 */
final class FailureHandler {
    private final ConnectionListener listener;
    private final FailurePolicy policy;
    private final DeadLetters deadLetters;
    private final PublishQueue publishQueue;
    private final ReceiveQueue receiveQueue;
    private final ConnectionLifecycle lifecycle;
    private final SerialExecutor executor;

    FailureHandler(
            ConnectionListener listener,
            FailurePolicy policy,
            DeadLetters deadLetters,
            PublishQueue publishQueue,
            ReceiveQueue receiveQueue,
            ConnectionLifecycle lifecycle,
            SerialExecutor executor) {
        this.listener = listener;
        this.policy = policy;
        this.deadLetters = deadLetters;
        this.publishQueue = publishQueue;
        this.receiveQueue = receiveQueue;
        this.lifecycle = lifecycle;
        this.executor = executor;
    }

    /** Handles a message whose outcome is not final. */
    void handle(Delivery delivery, Outcome outcome) {
        boolean connected = receiveQueue.isConnected(delivery);
        FailurePolicy.Decision decision = policy.decide(delivery.message(), outcome, connected);
        switch (decision) {
            case ACKNOWLEDGE -> receiveQueue.complete(delivery);
            case PUBLISH_DEAD_LETTER -> publishDeadLetter(delivery);
            case AWAIT_REDELIVERY, RECONNECT -> {
                if (!receiveQueue.forget(delivery, connected)) { // it was received again meanwhile
                    handle(delivery, outcome);
                } else if (decision == FailurePolicy.Decision.RECONNECT) {
                    lifecycle.reconnect(ConnectionLog.redelivery(delivery.message()));
                }
            }
        }
    }

    private void publishDeadLetter(Delivery delivery) {
        CompletableFuture<MqttEvent.Published> stage = new CompletableFuture<>();
        CompletableFuture<?> unused = stage.whenComplete((published, failure) -> {
            if (failure == null) {
                receiveQueue.complete(delivery);
            } else {
                executor.execute(() -> deadLetterFailed(delivery, failure));
            }
        });
        publishQueue.publish(deadLetters.deadLetterOf(delivery), stage, StageCompleter.DIRECT);
    }

    private void deadLetterFailed(Delivery delivery, Throwable cause) {
        boolean canBeRedelivered = policy.canBeRedelivered(delivery.message());
        listener.log(
                MessageId.DEAD_LETTER_NOT_SENT,
                "session",
                () -> "the dead letter of a message on '"
                        + Printable.of(delivery.message().topic()) + "' can't be sent, so the message "
                        + (canBeRedelivered ? "is to come again" : "is lost") + ": " + cause.getMessage());
        handle(delivery, canBeRedelivered ? Outcome.REDELIVER : Outcome.FAILED);
    }
}
