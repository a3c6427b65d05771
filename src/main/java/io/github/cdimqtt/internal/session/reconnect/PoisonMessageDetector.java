package io.github.cdimqtt.internal.session.reconnect;

import io.github.cdimqtt.internal.packet.Packet;
import org.jspecify.annotations.Nullable;

/**
 * Detects a message over which the broker ends one connection after the other: the first that it does not answer, sent
 * first on each. MQTT 3.1.1 has no other way to refuse a message than to hang up. On the session's executor only.
 */
final class PoisonMessageDetector {
    private static final int MIN_CONNECTIONS = 3;

    private Packet.@Nullable Publish candidate;
    private int endings;

    /**
     * A connection ended.
     *
     * @param unanswered the message that the broker had to answer first; null if there was none, or the broker did not
     *     hang up
     * @param shortLived whether the connection ended within seconds
     */
    @SuppressWarnings("ReferenceEquality") // another message may be equal
    void connectionEnded(Packet.@Nullable Publish unanswered, boolean shortLived) {
        endings = shortLived && unanswered == candidate ? endings + 1 : 1;
        candidate = unanswered;
    }

    /** The broker ended a connection, and says that a message is the reason. */
    @SuppressWarnings("ReferenceEquality")
    void refused(Packet.@Nullable Publish unanswered) {
        endings = unanswered == candidate && endings >= MIN_CONNECTIONS ? endings + 1 : MIN_CONNECTIONS;
        candidate = unanswered;
    }

    void reset() {
        candidate = null;
    }

    /**
     * Returns whether the same message was first at least twice in a row: a session takeover would hit another message
     * each time.
     */
    boolean isLikely() {
        return candidate != null && endings > 1;
    }

    /** Returns the message, once for each series; otherwise null. */
    Packet.@Nullable Publish newlySuspected() {
        return endings == MIN_CONNECTIONS ? candidate : null;
    }
}
