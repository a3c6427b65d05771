package io.github.cdimqtt.broker;

import java.time.Duration;

/** How a {@link Proxy} treats what passes through it. Thread-safe. */
final class Line {

    enum State {
        OPEN,
        SILENT,
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

    /** Whether bytes that just came may go on; waits as long as the line is silent, or late. */
    synchronized boolean passes() throws InterruptedException {
        long due = System.nanoTime() + delayNanos;
        while (state == State.SILENT || (delayNanos > 0 && due - System.nanoTime() > 0)) {
            if (state == State.SILENT) {
                wait();
            } else {
                wait(Math.max(1, (due - System.nanoTime()) / 1_000_000));
            }
        }
        return state != State.DROPPING;
    }
}
