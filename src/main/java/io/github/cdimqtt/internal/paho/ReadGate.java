package io.github.cdimqtt.internal.paho;

import java.io.InterruptedIOException;

/** Blocks the receiver before the next packet while the gate is shut. Thread-safe. */
final class ReadGate {
    private boolean shut;
    private boolean removed;

    synchronized void shut() {
        shut = true;
    }

    synchronized void open() {
        shut = false;
        notifyAll();
    }

    /** Opens the gate for good. */
    synchronized void remove() {
        removed = true;
        notifyAll();
    }

    synchronized void pass() throws InterruptedIOException {
        while (shut && !removed) {
            try {
                wait();
            } catch (InterruptedException e) {
                throw new InterruptedIOException();
            }
        }
    }
}
