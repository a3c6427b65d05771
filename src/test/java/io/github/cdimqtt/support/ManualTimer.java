package io.github.cdimqtt.support;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.internal.concurrent.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A timer whose time a test passes; the thread that does runs the tasks that are due. Thread-safe. */
public final class ManualTimer implements Timer {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final List<Due> scheduled = new ArrayList<>();
    private long now;

    private record Due(long at, Runnable task) {}

    @Override
    public synchronized long nanoTime() {
        return now;
    }

    @Override
    public synchronized Task schedule(Duration delay, Runnable task) {
        Due due = new Due(now + delay.toNanos(), task);
        scheduled.add(due);
        notifyAll();
        return () -> cancel(due);
    }

    private synchronized void cancel(Due due) {
        scheduled.remove(due);
    }

    /** Returns whether nothing is scheduled. */
    public synchronized boolean isIdle() {
        return scheduled.isEmpty();
    }

    /** Lets time pass, and runs each task when it is due, in order. */
    public void pass(Duration time) {
        long end = nanoTime() + time.toNanos();
        for (Due due = advance(end); due != null; due = advance(end)) {
            due.task().run();
        }
    }

    /** Waits until another thread has scheduled a task, and then lets time {@link #pass}. */
    public void passOnceScheduled(Duration time) throws InterruptedException {
        awaitScheduled();
        pass(time);
    }

    /** Advances to the next task that is due until the end, and removes it; advances to the end and returns null if there is none. */
    private synchronized Due advance(long end) {
        Due next = scheduled.stream()
                .filter(due -> due.at() <= end)
                .min(Comparator.comparingLong(Due::at))
                .orElse(null);
        now = next == null ? end : next.at();
        scheduled.remove(next);
        return next;
    }

    private synchronized void awaitScheduled() throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (scheduled.isEmpty()) {
            long millis = (deadline - System.nanoTime()) / 1_000_000;
            assertThat(millis).as("nothing is scheduled").isPositive();
            wait(millis);
        }
    }
}
