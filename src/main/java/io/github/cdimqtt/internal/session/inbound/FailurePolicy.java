package io.github.cdimqtt.internal.session.inbound;

import io.github.cdimqtt.internal.packet.Packet;
import java.util.function.BooleanSupplier;

/**
 * Decides what to do with a message that an observer failed on. What an exception comes to, the dispatch has said before by
 * an {@link Outcome}.
 */
public final class FailurePolicy {
    /** What to do with the message. */
    public enum Decision {
        ACKNOWLEDGE,
        /** Publish a dead letter; acknowledge the message when the dead letter is acknowledged. */
        PUBLISH_DEAD_LETTER,
        /** Wait: the broker sends it again by itself, because its connection has ended. */
        AWAIT_REDELIVERY,
        /** Open a new connection, on which the broker sends it again. */
        RECONNECT
    }

    private final BooleanSupplier sessionKept;
    private final DeadLetters deadLetters;

    /**
     * Creates a policy.
     *
     * @param sessionKept asked with each message whether the broker keeps the session from one connection to the next
     */
    public FailurePolicy(BooleanSupplier sessionKept, DeadLetters deadLetters) {
        this.sessionKept = sessionKept;
        this.deadLetters = deadLetters;
    }

    /**
     * Decides about a message.
     *
     * @param connected whether the connection that it was received on is open
     */
    public Decision decide(Packet.Publish message, Outcome outcome, boolean connected) {
        if (canBeRedelivered(message) && !connected) {
            return Decision.AWAIT_REDELIVERY;
        }
        if (outcome == Outcome.DEAD_LETTER && deadLetters.accepts(message.topic())) {
            return Decision.PUBLISH_DEAD_LETTER;
        }
        return outcome == Outcome.REDELIVER && canBeRedelivered(message) ? Decision.RECONNECT : Decision.ACKNOWLEDGE;
    }

    /** Returns whether the broker sends a message again if it is not acknowledged. */
    public boolean canBeRedelivered(Packet.Publish message) {
        return sessionKept.getAsBoolean() && message.packetId() > 0;
    }
}
