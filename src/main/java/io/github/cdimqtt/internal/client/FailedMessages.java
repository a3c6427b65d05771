package io.github.cdimqtt.internal.client;

import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.MqttEvent;
import java.util.concurrent.CompletableFuture;

/**
 * What becomes of a message that an observer failed on, beyond being told: a dead letter, another delivery, or its
 * acknowledgement where neither can be. On the session's lane only.
 */
final class FailedMessages {
    private final boolean cleanSession;
    private final DeadLetters deadLetters;
    private final Outbox outbox;
    private final Inbox inbox;

    FailedMessages(MqttConfig config, Outbox outbox, Inbox inbox) {
        this.cleanSession = config.cleanSession();
        this.deadLetters = new DeadLetters(config.deadLetterTopic());
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
        boolean toDeadLetters = outcome == Outcome.DEAD_LETTER && !deadLetters.isOne(message.topic());
        if (toDeadLetters && outbox.admit()) {
            bury(delivery, canComeAgain);
            return false;
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
        CompletableFuture<?> unused = sent.whenComplete((published, failure) ->
                delivery.link().done(delivery, failure != null && canComeAgain ? Outcome.REDELIVER : Outcome.FAILED));
        outbox.publish(deadLetters.letter(delivery.message()), sent);
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
