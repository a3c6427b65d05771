package io.github.cdimqtt.internal.session;

/**
 * Notices that connections end soon, again and again, as they do when a second client of the same id takes the session over
 * (MQTT 3.1.1 [MQTT-3.1.4-2]), who loses it to us in turn. On the session's executor only.
 */
final class TakeoverDetector {
    private static final int EVICTIONS = 3;
    private int evictions;
    private boolean reported;

    void reset() {
        evictions = 0;
        reported = false;
    }

    /** The broker ended a connection that had not lived for long. */
    void evicted() {
        evictions++;
    }

    /** A connection ended in a way that no other client is the cause of. */
    void otherwise() {
        evictions = 0;
    }

    /** Tells, once, that it is likely. */
    boolean news() {
        boolean news = evictions >= EVICTIONS && !reported;
        reported |= news;
        return news;
    }
}
