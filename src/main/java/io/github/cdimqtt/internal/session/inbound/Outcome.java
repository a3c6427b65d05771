package io.github.cdimqtt.internal.session.inbound;

/** What to do with a message after its observers have completed. */
public enum Outcome {
    /** No observer matched: acknowledge. */
    UNHEARD,
    /** All succeeded: acknowledge. */
    HANDLED,
    /** One failed, and its policy is to go on: acknowledge. */
    FAILED,
    /** One failed: publish a dead letter, then acknowledge. */
    DEAD_LETTER,
    /** One failed: leave it unacknowledged, and make the broker send it again. */
    REDELIVER;

    /** Returns whether the message is acknowledged at once. */
    boolean isFinal() {
        return this != DEAD_LETTER && this != REDELIVER;
    }
}
