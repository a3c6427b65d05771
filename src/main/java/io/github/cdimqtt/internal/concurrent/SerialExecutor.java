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
 * Runs tasks in order, one at a time, on a thread borrowed from another executor while there are tasks. State that only
 * tasks of one serial executor touch needs no lock. Thread-safe.
 */
public final class SerialExecutor implements Executor {
    private record Offer(Runnable task, Runnable refusal) implements Runnable {
        @Override
        public void run() {
            task.run();
        }
    }

    private static final Duration RETRY_DELAY = Duration.ofSeconds(1);

    private final Executor threads;
    private final Timer timer;
    private final Consumer<Throwable> failureHandler;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean running = new AtomicBoolean();
    private volatile boolean shortageReported;

    /**
     * Creates an idle executor.
     *
     * @param threads lends the thread; one at a time
     * @param timer schedules a retry when no thread could be started
     * @param failureHandler receives that shortage, and whatever a task throws; later tasks run all the same
     */
    public SerialExecutor(Executor threads, Timer timer, Consumer<Throwable> failureHandler) {
        this.threads = threads;
        this.timer = timer;
        this.failureHandler = failureHandler;
    }

    /** Adds a task. The caller bounds the number of tasks. A task is dropped once the lending executor is closed. */
    @Override
    public void execute(Runnable task) {
        tasks.add(task);
        if (running.compareAndSet(false, true)) {
            start();
        }
    }

    /** Adds a task. Once the lending executor is closed, {@code refusal} runs instead, soon and on any thread. */
    public void offer(Runnable task, Runnable refusal) {
        execute(new Offer(task, refusal));
    }

    private void start() {
        try {
            threads.execute(this::drain);
            shortageReported = false;
        } catch (RejectedExecutionException closed) {
            forEachTask(this::refuse);
        } catch (Throwable noThread) { // out of memory, or refused by the server
            if (!shortageReported) { // once per shortage
                shortageReported = true;
                report(new MqttException(
                        "no thread can be started; tried again each " + RETRY_DELAY.toMillis() + " ms", noThread));
            }
            timer.schedule(RETRY_DELAY, this::start);
        }
    }

    private void drain() {
        forEachTask(this::run);
    }

    private void forEachTask(Consumer<Runnable> action) {
        do {
            for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
                action.accept(task);
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
        } catch (Throwable e) { // a failed task must not stop those after it
            report(e);
        }
    }

    private void report(Throwable e) {
        try {
            failureHandler.accept(e);
        } catch (Throwable unreported) { // nor does a failing log stop the executor
            return;
        }
    }
}
