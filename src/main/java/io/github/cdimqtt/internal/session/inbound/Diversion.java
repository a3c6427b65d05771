package io.github.cdimqtt.internal.session.inbound;

import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.internal.reporting.Counters;
import io.github.cdimqtt.internal.session.subscription.Overlaps;

/**
 * The messages that do not go to their observers: a surplus copy of a message that another copy brings ends, and a response
 * goes to the request that waits for it. Both count as received. Thread-safe.
 */
record Diversion(Responses responses, Overlaps overlaps, Counters counters) {

    /** Returns whether a message may be one of them; if not, it is to be dispatched. */
    boolean concerns(Packet.Publish message) {
        return responses.isAwaited(message) || overlaps.concerns(message);
    }

    /**
     * Takes a message that may be one of them. Runs one of the two, at once or later.
     *
     * @param dispatch handles it
     * @param end ends it: it is acknowledged in its turn
     */
    void take(Packet.Publish message, Runnable dispatch, Runnable end) {
        Runnable taken = () -> {
            counters.received.increment();
            end.run();
        };
        Runnable deliver = () -> (responses.take(message) ? taken : dispatch).run();
        if (overlaps.concerns(message)) {
            overlaps.received(message, deliver, taken);
        } else {
            deliver.run();
        }
    }
}
