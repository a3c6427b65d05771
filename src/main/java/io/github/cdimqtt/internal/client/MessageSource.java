package io.github.cdimqtt.internal.client;

/** The connection that messages come on. Thread-safe. */
interface MessageSource {
    /** Returns the order in which its messages are acknowledged. */
    AcknowledgementOrder acknowledgements();

    /** Stops reading at once, so that no further message is taken. */
    void pause();

    /** Goes on reading. */
    void resume();
}
