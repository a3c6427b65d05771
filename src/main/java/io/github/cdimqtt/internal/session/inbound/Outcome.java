package io.github.cdimqtt.internal.session.inbound;

/** What is to become of a message after its observers are done. */
public enum Outcome {
    /** There were none: acknowledge. */
    UNHEARD,
    /** All succeeded: acknowledge. */
    HANDLED,
    /** One failed, and that is all right: acknowledge. */
    FAILED,
    /** One failed: publish to the dead letter topic, then acknowledge. */
    DEAD_LETTER,
    /** One failed: leave it unacknowledged and have the broker send it again. */
    REDELIVER;

    /** Tells whether the message is acknowledged without more ado. */
    boolean isFinal() {
        return this != DEAD_LETTER && this != REDELIVER;
    }
}
