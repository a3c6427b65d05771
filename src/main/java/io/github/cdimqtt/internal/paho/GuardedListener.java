package io.github.cdimqtt.internal.paho;

import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.internal.transport.Transport.Listener;
import java.util.function.Consumer;

/** Tells the listener of one connection, until it is over: then nothing more. Thread-safe. */
final class GuardedListener {
    private final Listener listener;
    private boolean connected;
    private boolean over;

    GuardedListener(Listener listener) {
        this.listener = listener;
    }

    /** Tells something, unless it is over; whoever ends it waits so long. */
    synchronized void tell(Consumer<Listener> news) {
        if (!over) {
            news.accept(listener);
        }
    }

    /** Tells that the broker accepted the connection. */
    synchronized void connected(boolean sessionPresent) {
        connected = true;
        tell(to -> to.connected(sessionPresent));
    }

    synchronized boolean hasConnected() {
        return connected;
    }

    /** Tells the end, unless it is over. */
    synchronized void lost(MqttException cause) {
        if (!over) {
            over = true;
            listener.lost(cause);
        }
    }

    /** Tells nothing from now on; returns whether that is new. */
    synchronized boolean silence() {
        boolean news = !over;
        over = true;
        return news;
    }

    synchronized boolean isOver() {
        return over;
    }
}
