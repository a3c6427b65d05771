package io.github.cdimqtt.internal.session.inbound;

import io.github.cdimqtt.internal.transport.InboundMessage;

/** Decides what becomes of a message that an observer failed on. Immutable. */
public final class FailurePolicy {
    /** What is to be done. */
    public enum Decision {
        ACKNOWLEDGE,
        /** Publish to the dead letter topic; acknowledge when that is answered. */
        PUBLISH_DEAD_LETTER,
        /** The broker sends it again by itself, as its connection has ended. */
        AWAIT_REDELIVERY,
        /** The broker sends it again on a new connection only. */
        RECONNECT
    }

    private final boolean sessionKept;
    private final DeadLetterTopic deadLetters;

    public FailurePolicy(boolean sessionKept, DeadLetterTopic deadLetters) {
        this.sessionKept = sessionKept;
        this.deadLetters = deadLetters;
    }

    /**
     * Decides about a message.
     *
     * @param connected whether the connection that it came on is still there
     */
    public Decision decide(InboundMessage message, Outcome outcome, boolean connected) {
        if (canComeAgain(message) && !connected) {
            return Decision.AWAIT_REDELIVERY;
        }
        if (outcome == Outcome.DEAD_LETTER && deadLetters.take(message.topic())) {
            return Decision.PUBLISH_DEAD_LETTER;
        }
        return outcome == Outcome.REDELIVER && canComeAgain(message) ? Decision.RECONNECT : Decision.ACKNOWLEDGE;
    }

    /** Tells whether the broker would send a message again that is not acknowledged. */
    public boolean canComeAgain(InboundMessage message) {
        return sessionKept && message.packetId() > 0;
    }
}
