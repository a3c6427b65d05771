package io.github.cdimqtt.internal.paho;

import java.io.InterruptedIOException;

/** Holds the receiver back before the next packet while it is shut. Thread-safe. */
final class ReadGate {
    private boolean shut;
    private boolean gone;

    synchronized void shut() {
        shut = true;
    }

    synchronized void open() {
        shut = false;
        notifyAll();
    }

    /** Opens it for good. */
    synchronized void remove() {
        gone = true;
        notifyAll();
    }

    synchronized void pass() throws InterruptedIOException {
        while (shut && !gone) {
            try {
                wait();
            } catch (InterruptedException e) {
                throw new InterruptedIOException();
            }
        }
    }
}
