package io.github.cdimqtt.internal.session.inbound;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/**
 * The order in which the messages of one connection are acknowledged: that of their arrival (MQTT 3.1.1 [MQTT-4.6.0-2]),
 * whichever is done first. Bounded by the broker's window. Thread-safe.
 */
public final class AcknowledgementOrder {
    private final Queue<Delivery> unfinished = new ArrayDeque<>();
    private final Runnable whenDone;

    /**
     * Creates it.
     *
     * @param whenDone runs when a message is done, so that its connection acknowledges those that are {@link #ready}
     */
    public AcknowledgementOrder(Runnable whenDone) {
        this.whenDone = whenDone;
    }

    synchronized void arrived(Delivery delivery) {
        unfinished.add(delivery);
    }

    /** A message that arrived is done. */
    void done() {
        whenDone.run();
    }

    /** Returns those that may be acknowledged now, in order; each once. */
    public synchronized List<Delivery> ready() {
        List<Delivery> ready = new ArrayList<>(1);
        for (Delivery head = unfinished.peek(); head != null && head.isDone(); head = unfinished.peek()) {
            ready.add(unfinished.remove());
        }
        return ready;
    }
}
