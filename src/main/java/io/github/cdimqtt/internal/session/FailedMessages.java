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

/** Does what the failure policy decides about a message that an observer failed on. On the session's executor only. */
final class FailedMessages {
    private final ConnectionListener listener;
    private final FailurePolicy policy;
    private final DeadLetterTopic deadLetters;
    private final PublishQueue outbox;
    private final ReceiveQueue inbox;
    private final ConnectionLifecycle lifecycle;

    FailedMessages(
            ConnectionListener listener,
            FailurePolicy policy,
            DeadLetterTopic deadLetters,
            PublishQueue outbox,
            ReceiveQueue inbox,
            ConnectionLifecycle lifecycle) {
        this.listener = listener;
        this.policy = policy;
        this.deadLetters = deadLetters;
        this.outbox = outbox;
        this.inbox = inbox;
        this.lifecycle = lifecycle;
    }

    void failed(Delivery delivery, Outcome outcome) {
        AcknowledgementOrder owner = delivery.order();
        FailurePolicy.Decision decision = policy.decide(delivery.message(), outcome, lifecycle.isCurrent(owner));
        switch (decision) {
            case ACKNOWLEDGE -> delivery.complete();
            case PUBLISH_DEAD_LETTER -> publishDeadLetter(delivery);
            case AWAIT_REDELIVERY, RECONNECT -> {
                if (!delivery.forgetUnlessTransferred(owner)) { // it has come again in this moment
                    failed(delivery, outcome);
                    return;
                }
                inbox.forget(delivery); // so that it is handled when it comes again
                if (decision == FailurePolicy.Decision.RECONNECT) {
                    lifecycle.reconnect(ConnectionLog.redelivery(delivery.message()));
                }
            }
        }
    }

    private void publishDeadLetter(Delivery delivery) {
        InboundMessage message = delivery.message();
        CompletableFuture<MqttEvent.Published> sent = new CompletableFuture<>();
        CompletableFuture<?> unused = sent.whenComplete((published, failure) -> {
            if (failure == null) {
                delivery.complete();
            } else {
                unsent(delivery, failure);
            }
        });
        if (outbox.admit()) {
            outbox.publishInternal(deadLetters.deadLetterOf(message), sent);
        } else {
            sent.completeExceptionally(outbox.queueFull(message.topic()));
        }
    }

    private void unsent(Delivery delivery, Throwable cause) {
        boolean again = policy.canBeRedelivered(delivery.message());
        listener.log(
                MessageId.DEAD_LETTER_NOT_SENT,
                "session",
                () -> "the dead letter of a message on '"
                        + Printable.of(delivery.message().topic()) + "' can't be sent, so the message "
                        + (again ? "is to come again" : "is lost") + ": " + cause.getMessage());
        failed(delivery, again ? Outcome.REDELIVER : Outcome.FAILED);
    }
}
