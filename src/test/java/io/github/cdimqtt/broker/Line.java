package io.github.cdimqtt.broker;

import java.time.Duration;

/** The state of the line that a {@link Proxy} forwards bytes over. Thread-safe. */
final class Line {

    enum State {
        OPEN,
        STALLED,
        DROPPING,
        REFUSING
    }

    private State state = State.OPEN;
    private long delayNanos;

    synchronized void become(State state, Duration delay) {
        this.state = state;
        this.delayNanos = delay.toNanos();
        notifyAll();
    }

    synchronized boolean refuses() {
        return state == State.REFUSING;
    }

    /** Waits while the line is stalled or delayed; returns whether bytes that have arrived are to be forwarded. */
    synchronized boolean passes() throws InterruptedException {
        long due = System.nanoTime() + delayNanos;
        while (state == State.STALLED || (delayNanos > 0 && due - System.nanoTime() > 0)) {
            if (state == State.STALLED) {
                wait();
            } else {
                wait(Math.max(1, (due - System.nanoTime()) / 1_000_000));
            }
        }
        return state != State.DROPPING;
    }
}
