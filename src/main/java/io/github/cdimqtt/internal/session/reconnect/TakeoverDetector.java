package io.github.cdimqtt.internal.session.reconnect;

/**
 * Detects that connections end within seconds, again and again, as when a second client with the same client identifier
 * takes over the session (MQTT 3.1.1 [MQTT-3.1.4-2]), and loses it to us in turn. On the session's executor only.
 */
final class TakeoverDetector {
    private static final int MIN_EVICTIONS = 3;
    private int evictions;
    private boolean reported;

    void reset() {
        evictions = 0;
        reported = false;
    }

    /** The broker ended a short-lived connection. */
    void evicted() {
        evictions++;
    }

    /** The broker says that another client has taken the session over. */
    void certain() {
        evictions = MIN_EVICTIONS;
    }

    /** A connection ended in a way that no other client causes. */
    void otherCause() {
        evictions = 0;
    }

    /** Returns, once, whether a takeover is likely. */
    boolean isNewlySuspected() {
        boolean suspected = evictions >= MIN_EVICTIONS && !reported;
        reported |= suspected;
        return suspected;
    }
}
