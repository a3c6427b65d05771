package io.github.cdimqtt.internal.concurrent;

import java.time.Duration;

/** A clock and a scheduler, replaced by a manual one in tests. Thread-safe. */
public interface Timer {

    /** Returns a time in nanoseconds that never decreases and has no fixed origin. */
    long nanoTime();

    /** Runs a task once, after the delay. The task must be short: later ones wait for it. */
    Task schedule(Duration delay, Runnable task);

    /** A scheduled task. */
    interface Task {
        /** Cancels the task, unless it is running already. */
        void cancel();
    }
}
