package io.github.cdimqtt.internal.transport;

import io.github.cdimqtt.internal.net.connect.ConnectProgress;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.internal.transport.PacketChannel.Listener;

/** Calls the listener of one channel until it is closed. {@link #close} blocks until a running call returns. Thread-safe. */
public final class GuardedListener {
    private final Listener listener;
    private boolean closed; // guarded by this

    public GuardedListener(Listener listener) {
        this.listener = listener;
    }

    public synchronized void opened() {
        if (!closed) {
            listener.opened();
        }
    }

    public synchronized void received(Packet packet) {
        if (!closed) {
            listener.received(packet);
        }
    }

    /** Not guarded: a listener knows for itself which packets it sent on which channel. */
    public void written(int count) {
        listener.written(count);
    }

    /** Reports the end unless the listener was closed, and closes it. */
    public synchronized void closed(Throwable cause, ConnectProgress progress) {
        if (!closed) {
            closed = true;
            listener.closed(cause, progress);
        }
    }

    /** Ends all calls. Returns whether the listener was open. */
    public synchronized boolean close() {
        boolean first = !closed;
        closed = true;
        return first;
    }
}
