package io.github.cdimqtt.internal.session.inbound;

/** The connection that messages are received on. Thread-safe. */
public interface MessageSource {
    /** Returns the order in which its messages are acknowledged. */
    AcknowledgementOrder acknowledgements();

    /** Stops reading at once, so that no further message is received. */
    void pause();

    /** Continues reading. */
    void resume();
}
