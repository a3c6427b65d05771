package io.github.cdimqtt.internal.session;

import io.github.cdimqtt.internal.transport.OutboundMessage;
import org.jspecify.annotations.Nullable;

/**
 * The message that one connection after the other ends over: the first one that the broker does not answer, sent first
 * on each. MQTT 3.1.1 has no other no than to hang up. On the session's lane only.
 */
final class PoisonMessageDetector {
    private static final int CONNECTIONS = 3;

    private @Nullable OutboundMessage message;
    private int ended;

    /**
     * A connection ended.
     *
     * @param firstUnanswered what the broker was to answer first; null if nothing was, or it did not hang up
     * @param soon whether that was within seconds
     */
    void connectionEnded(@Nullable OutboundMessage firstUnanswered, boolean soon) {
        ended = soon && firstUnanswered == message ? ended + 1 : 1;
        message = firstUnanswered;
    }

    void reset() {
        message = null;
    }

    /** Tells whether the same message was in front at least twice in a row: a rival would hit another each time. */
    boolean isLikely() {
        return message != null && ended > 1;
    }

    /** Returns the message, once for each series; otherwise null. */
    @Nullable
    OutboundMessage news() {
        return ended == CONNECTIONS ? message : null;
    }
}
