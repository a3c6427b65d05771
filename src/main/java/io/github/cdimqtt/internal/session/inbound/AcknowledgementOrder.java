package io.github.cdimqtt.internal.session.inbound;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/**
 * The order in which the messages of one connection are acknowledged: the order of their arrival (MQTT 3.1.1
 * [MQTT-4.6.0-2]), whichever completes first. The broker's window bounds their number. Thread-safe.
 */
public final class AcknowledgementOrder {
    private final Queue<Delivery> pending = new ArrayDeque<>();
    private final Runnable onComplete;

    /**
     * Creates an empty order.
     *
     * @param onComplete runs when a message is complete, so that its connection acknowledges those that are ready
     */
    public AcknowledgementOrder(Runnable onComplete) {
        this.onComplete = onComplete;
    }

    synchronized void arrived(Delivery delivery) {
        pending.add(delivery);
    }

    /** A message that arrived is complete. */
    void completed() {
        onComplete.run();
    }

    /** Removes and returns the messages that may be acknowledged now, in order. */
    public synchronized List<Delivery> takeReady() {
        List<Delivery> ready = new ArrayList<>(1);
        for (Delivery head = pending.peek(); head != null && head.isComplete(); head = pending.peek()) {
            ready.add(pending.remove());
        }
        return ready;
    }
}
