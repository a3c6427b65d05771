package io.github.cdimqtt.internal.paho;

import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.internal.transport.Transport.Listener;
import java.util.function.Consumer;

/** Calls the listener of one connection, until it is closed or lost. Thread-safe. */
final class GuardedListener {
    private final Listener listener;
    private boolean connected;
    private boolean closed;

    GuardedListener(Listener listener) {
        this.listener = listener;
    }

    /** Calls the listener unless it was closed. {@link #close} blocks until the call returns. */
    synchronized void call(Consumer<Listener> event) {
        if (!closed) {
            event.accept(listener);
        }
    }

    /** Reports that the broker accepted the connection. */
    synchronized void connected(boolean sessionPresent) {
        connected = true;
        call(to -> to.connected(sessionPresent));
    }

    synchronized boolean hasConnected() {
        return connected;
    }

    /** Reports the loss unless the listener was closed, and closes it. */
    synchronized void lost(MqttException cause) {
        if (!closed) {
            closed = true;
            listener.lost(cause);
        }
    }

    /** Ends all calls. Returns whether the listener was open. */
    synchronized boolean close() {
        boolean first = !closed;
        closed = true;
        return first;
    }

    synchronized boolean isClosed() {
        return closed;
    }
}
