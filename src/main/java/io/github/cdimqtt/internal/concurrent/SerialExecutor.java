package io.github.cdimqtt.internal.concurrent;

import io.github.cdimqtt.MqttException;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Runs tasks in order, one at a time, on threads that it borrows: it holds none while it has nothing to do. What is
 * only touched by the tasks of one lane needs no lock. Thread-safe.
 */
public final class SerialExecutor implements Executor {
    private record Offer(Runnable task, Runnable refusal) implements Runnable {
        @Override
        public void run() {
            task.run();
        }
    }

    private static final Duration UNTIL_THE_NEXT_TRY = Duration.ofSeconds(1);

    private final Executor threads;
    private final Timer timer;
    private final Consumer<Throwable> failures;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean running = new AtomicBoolean();
    private volatile boolean noThreadTold;

    /**
     * Creates a lane.
     *
     * @param threads where it borrows a thread; one at a time
     * @param timer for another try where none could be had
     * @param failures hears of that, and of a task that threw, which keeps no other from running
     */
    public SerialExecutor(Executor threads, Timer timer, Consumer<Throwable> failures) {
        this.threads = threads;
        this.timer = timer;
        this.failures = failures;
    }

    /** Adds a task. Its owner bounds how many. Dropped once the threads are gone. */
    @Override
    public void execute(Runnable task) {
        tasks.add(task);
        if (running.compareAndSet(false, true)) {
            borrow();
        }
    }

    /** Adds a task, in place of which the refusal runs once the threads are gone: on any thread, and soon. */
    public void offer(Runnable task, Runnable refusal) {
        execute(new Offer(task, refusal));
    }

    private void borrow() {
        try {
            threads.execute(this::drain);
            noThreadTold = false;
        } catch (RejectedExecutionException gone) {
            empty(this::refuse);
        } catch (Throwable noThread) { // for want of memory, or because a server gives none
            if (!noThreadTold) { // once for each shortage
                noThreadTold = true;
                tell(new MqttException(
                        "no thread can be started; tried again each " + UNTIL_THE_NEXT_TRY.toMillis() + " ms",
                        noThread));
            }
            timer.schedule(UNTIL_THE_NEXT_TRY, this::borrow);
        }
    }

    private void drain() {
        empty(this::run);
    }

    private void empty(Consumer<Runnable> fate) {
        do {
            for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
                fate.accept(task);
            }
            running.set(false);
        } while (!tasks.isEmpty() && running.compareAndSet(false, true));
    }

    private void refuse(Runnable task) {
        if (task instanceof Offer offer) {
            run(offer.refusal());
        }
    }

    private void run(Runnable task) {
        try {
            task.run();
        } catch (Throwable e) { // a lane outlives whatever its tasks do
            tell(e);
        }
    }

    private void tell(Throwable e) {
        try {
            failures.accept(e);
        } catch (Throwable untold) { // it outlives a log that fails, too
            return;
        }
    }
}
