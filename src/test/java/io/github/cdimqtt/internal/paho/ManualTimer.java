package io.github.cdimqtt.internal.paho;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.internal.client.Timer;
import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;

/** Time that passes when the test says so. */
final class ManualTimer implements Timer {
    private final PriorityQueue<Due> tasks = new PriorityQueue<>(Comparator.comparingLong(Due::at));
    private long now;

    private record Due(long at, Runnable task) {}

    @Override
    public synchronized long nanoTime() {
        return now;
    }

    @Override
    public synchronized Task schedule(Duration delay, Runnable task) {
        Due due = new Due(now + delay.toNanos(), task);
        tasks.add(due);
        notifyAll();
        return () -> cancel(due);
    }

    synchronized boolean isIdle() {
        return tasks.isEmpty();
    }

    private synchronized void cancel(Due due) {
        tasks.remove(due);
    }

    /** Lets time pass; what is due then runs. Waits until something is scheduled at all. */
    void pass(Duration time) throws InterruptedException {
        Due due;
        synchronized (this) {
            long deadline = System.nanoTime() + ScriptedBroker.PATIENCE_MILLIS * 1_000_000L;
            while (tasks.isEmpty()) {
                long millis = (deadline - System.nanoTime()) / 1_000_000;
                assertThat(millis).as("nothing is scheduled").isPositive();
                wait(millis);
            }
            now += time.toNanos();
            due = tasks.peek().at() <= now ? tasks.remove() : null;
        }
        if (due != null) {
            due.task().run();
        }
    }
}
