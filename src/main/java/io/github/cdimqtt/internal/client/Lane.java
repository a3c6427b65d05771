package io.github.cdimqtt.internal.client;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Runs tasks in order, one at a time, on threads that it borrows: it holds none while it has nothing to do. What is
 * only touched by the tasks of one lane needs no lock. Thread-safe.
 */
public final class Lane implements Executor {
    private final Executor threads;
    private final Consumer<Throwable> failures;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicInteger pending = new AtomicInteger();
    private volatile boolean open = true;

    /**
     * Creates a lane.
     *
     * @param threads where it borrows a thread; one at a time
     * @param failures hears of a task that threw, which keeps no other from running
     */
    public Lane(Executor threads, Consumer<Throwable> failures) {
        this.threads = threads;
        this.failures = failures;
    }

    /** Adds a task. Its owner bounds how many. Dropped where {@link #offer} would say no. */
    @Override
    public void execute(Runnable task) {
        offer(task);
    }

    /** Adds a task. Returns whether it will run: not once the threads are gone. */
    public boolean offer(Runnable task) {
        tasks.add(task);
        if (pending.getAndIncrement() == 0) {
            try {
                threads.execute(this::drain);
            } catch (RejectedExecutionException gone) {
                open = false;
            }
        }
        if (!open) {
            tasks.clear();
        }
        return open;
    }

    private void drain() {
        int done;
        int left = 1;
        while (left > 0) {
            for (done = 0; done < left; done++) {
                Runnable task = tasks.poll();
                if (task != null) {
                    run(task);
                }
            }
            left = pending.addAndGet(-done);
        }
    }

    private void run(Runnable task) {
        try {
            task.run();
        } catch (Throwable e) { // a lane outlives whatever its tasks do
            failures.accept(e);
        }
    }
}
