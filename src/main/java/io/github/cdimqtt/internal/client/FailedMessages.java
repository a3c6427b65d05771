package io.github.cdimqtt.internal.client;

import io.github.cdimqtt.MqttEvent;
import io.github.cdimqtt.internal.reporting.ConnectionListener;
import io.github.cdimqtt.internal.reporting.MessageId;
import io.github.cdimqtt.internal.text.Printable;
import io.github.cdimqtt.internal.transport.InboundMessage;
import java.util.concurrent.CompletableFuture;

/**
 * What becomes of a message that an observer failed on, beyond being told: a dead letter, another delivery, or its
 * acknowledgement where neither can be. On the session's lane only.
 */
final class FailedMessages {
    private final ConnectionListener listener;
    private final boolean cleanSession;
    private final DeadLetters deadLetters;
    private final Outbox outbox;
    private final Inbox inbox;

    FailedMessages(SessionSetup setup, Outbox outbox, Inbox inbox) {
        this.listener = setup.listener();
        this.cleanSession = setup.config().cleanSession();
        this.deadLetters = new DeadLetters(setup.config().deadLetterTopic());
        this.outbox = outbox;
        this.inbox = inbox;
    }

    /** Sees to a message; returns whether only a new connection can bring it again. */
    boolean needANewConnection(Link from, Delivery delivery, Outcome outcome) {
        InboundMessage message = delivery.message();
        boolean canComeAgain = message.packetId() > 0 && !cleanSession;
        if (canComeAgain && from.hasEnded()) {
            letComeAgain(from, delivery, outcome);
            return false;
        }
        boolean toDeadLetters = outcome == Outcome.DEAD_LETTER && deadLetters.take(message.topic());
        if (toDeadLetters) {
            if (outbox.admit()) {
                bury(delivery, canComeAgain);
                return false;
            }
            tellUnsent(message, canComeAgain, outbox.full(message.topic()));
        }
        if (canComeAgain && (outcome == Outcome.REDELIVER || toDeadLetters)) {
            letComeAgain(from, delivery, outcome);
            return true;
        }
        from.settled(delivery);
        return false;
    }

    private void bury(Delivery delivery, boolean canComeAgain) {
        CompletableFuture<MqttEvent.Published> sent = new CompletableFuture<>();
        CompletableFuture<?> unused = sent.whenComplete((published, failure) -> {
            if (failure != null) {
                tellUnsent(delivery.message(), canComeAgain, failure);
            }
            delivery.link().done(delivery, failure != null && canComeAgain ? Outcome.REDELIVER : Outcome.FAILED);
        });
        outbox.publishForUs(deadLetters.letter(delivery.message()), sent);
    }

    private void tellUnsent(InboundMessage message, boolean canComeAgain, Throwable cause) {
        listener.log(
                MessageId.DEAD_LETTER_NOT_SENT,
                "session",
                () -> "the dead letter of a message on '" + Printable.of(message.topic())
                        + "' can't be sent, so the message " + (canComeAgain ? "is to come again" : "is lost") + ": "
                        + cause.getMessage());
    }

    /** It is handled again when it does, unless it has come again already. */
    private void letComeAgain(Link from, Delivery delivery, Outcome outcome) {
        if (delivery.forgetFor(from)) {
            inbox.forget(delivery);
        } else {
            delivery.link().done(delivery, outcome);
        }
    }
}
