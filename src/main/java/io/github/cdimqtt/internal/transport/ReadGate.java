package io.github.cdimqtt.internal.transport;

import java.io.InterruptedIOException;

/** Blocks the reading thread before the next packet while the gate is shut. Thread-safe. */
public final class ReadGate {
    private volatile boolean shut; // written under the lock
    private boolean removed;

    public synchronized void shut() {
        shut = !removed;
    }

    public synchronized void open() {
        shut = false;
        notifyAll();
    }

    /** Opens the gate for good. */
    public synchronized void remove() {
        removed = true;
        open();
    }

    public void pass() throws InterruptedIOException {
        if (shut) {
            awaitOpen();
        }
    }

    private synchronized void awaitOpen() throws InterruptedIOException {
        while (shut) {
            try {
                wait();
            } catch (InterruptedException e) {
                throw new InterruptedIOException();
            }
        }
    }
}
