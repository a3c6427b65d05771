package io.github.cdimqtt.internal.session;

import io.github.cdimqtt.MqttEvent;
import io.github.cdimqtt.internal.reporting.ConnectionListener;
import io.github.cdimqtt.internal.reporting.MessageId;
import io.github.cdimqtt.internal.session.inbound.AcknowledgementOrder;
import io.github.cdimqtt.internal.session.inbound.DeadLetterTopic;
import io.github.cdimqtt.internal.session.inbound.Delivery;
import io.github.cdimqtt.internal.session.inbound.FailurePolicy;
import io.github.cdimqtt.internal.session.inbound.Outcome;
import io.github.cdimqtt.internal.session.inbound.ReceiveQueue;
import io.github.cdimqtt.internal.session.outbound.PublishQueue;
import io.github.cdimqtt.internal.text.Printable;
import io.github.cdimqtt.internal.transport.InboundMessage;
import java.util.concurrent.CompletableFuture;

/**
 * Carries out the failure policy's decision about a message that an observer failed on. On the session's executor only.
 */
final class FailureHandler {
    private final ConnectionListener listener;
    private final FailurePolicy policy;
    private final DeadLetterTopic deadLetters;
    private final PublishQueue publishQueue;
    private final ReceiveQueue receiveQueue;
    private final ConnectionLifecycle lifecycle;

    FailureHandler(
            ConnectionListener listener,
            FailurePolicy policy,
            DeadLetterTopic deadLetters,
            PublishQueue publishQueue,
            ReceiveQueue receiveQueue,
            ConnectionLifecycle lifecycle) {
        this.listener = listener;
        this.policy = policy;
        this.deadLetters = deadLetters;
        this.publishQueue = publishQueue;
        this.receiveQueue = receiveQueue;
        this.lifecycle = lifecycle;
    }

    /** Handles a message whose outcome is not final. */
    void handle(Delivery delivery, Outcome outcome) {
        AcknowledgementOrder order = delivery.order();
        FailurePolicy.Decision decision = policy.decide(delivery.message(), outcome, lifecycle.isCurrent(order));
        switch (decision) {
            case ACKNOWLEDGE -> delivery.complete();
            case PUBLISH_DEAD_LETTER -> publishDeadLetter(delivery);
            case AWAIT_REDELIVERY, RECONNECT -> {
                if (!delivery.forgetUnlessTransferred(order)) { // it was received again meanwhile
                    handle(delivery, outcome);
                    return;
                }
                receiveQueue.forget(delivery); // so that it is handled again when the broker sends it again
                if (decision == FailurePolicy.Decision.RECONNECT) {
                    lifecycle.reconnect(ConnectionLog.redelivery(delivery.message()));
                }
            }
        }
    }

    private void publishDeadLetter(Delivery delivery) {
        InboundMessage message = delivery.message();
        CompletableFuture<MqttEvent.Published> stage = new CompletableFuture<>();
        CompletableFuture<?> unused = stage.whenComplete((published, failure) -> {
            if (failure == null) {
                delivery.complete();
            } else {
                deadLetterFailed(delivery, failure);
            }
        });
        if (publishQueue.admit()) {
            publishQueue.publishInternal(deadLetters.deadLetterOf(message), stage);
        } else {
            stage.completeExceptionally(publishQueue.queueFull(message.topic()));
        }
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
