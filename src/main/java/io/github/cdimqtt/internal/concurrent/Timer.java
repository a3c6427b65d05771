package io.github.cdimqtt.internal.concurrent;

import java.time.Duration;

/** Time, so that tests can stand in for it. Thread-safe. */
public interface Timer {

    /** Returns a time in nanoseconds that only grows and has no fixed origin. */
    long nanoTime();

    /** Runs a task once, later. The task is short: others wait for it. */
    Task schedule(Duration delay, Runnable task);

    /** A task that may still be called off. */
    interface Task {
        /** Calls it off, unless it runs already. */
        void cancel();
    }
}
