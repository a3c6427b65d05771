package io.github.cdimqtt.internal.concurrent;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Runs tasks that may block, even on a task queued behind them. It starts with few threads. Every 20 ms in which fewer
 * tasks completed than there are threads, it doubles their number, but adds no more threads than tasks are queued, up
 * to 1,000 threads. The submitters bound the number of tasks. Thread-safe.
 */
final class ElasticExecutor implements Executor {
    private static final int MAX_THREADS = 1_000;
    private static final Duration CHECK_INTERVAL = Duration.ofMillis(20);

    private final int minThreads;
    private final Timer timer;
    private final ThreadPoolExecutor threads;
    private final AtomicBoolean watching = new AtomicBoolean();
    private final Set<Thread> workers = ConcurrentHashMap.newKeySet();
    private volatile boolean interrupting;

    /**
     * Creates an executor without threads.
     *
     * @param minThreads how many start before any task has to wait
     * @param idleSeconds after which an idle thread ends
     */
    @SuppressWarnings("ErroneousThreadPoolConstructorChecker") // the core size grows, see watch()
    ElasticExecutor(int minThreads, ThreadFactory factory, long idleSeconds, Timer timer) {
        this.minThreads = minThreads;
        this.timer = timer;
        threads =
                new ThreadPoolExecutor(
                        minThreads,
                        MAX_THREADS,
                        idleSeconds,
                        TimeUnit.SECONDS,
                        new LinkedBlockingQueue<>(),
                        worker -> factory.newThread(() -> runWorker(worker))) {
                    @Override
                    protected void beforeExecute(Thread thread, Runnable task) {
                        if (interrupting) {
                            thread.interrupt();
                        }
                    }
                };
        threads.allowCoreThreadTimeOut(true);
    }

    private void runWorker(Runnable worker) {
        workers.add(Thread.currentThread());
        try {
            worker.run();
        } finally {
            synchronized (workers) {
                workers.remove(Thread.currentThread());
                workers.notifyAll();
            }
        }
    }

    /**
     * Runs a task as soon as a thread is free.
     *
     * @throws RejectedExecutionException if the executor is closed
     */
    @Override
    public void execute(Runnable task) {
        try {
            threads.execute(task);
        } catch (RejectedExecutionException closed) {
            throw closed;
        } catch (Throwable noThread) { // out of memory, or refused by the server
            threads.getQueue().add(task);
        }
        watchQueue();
    }

    private void watchQueue() {
        if (!threads.getQueue().isEmpty() && watching.compareAndSet(false, true)) {
            watch(threads.getCompletedTaskCount());
        }
    }

    private void watch(long completedBefore) {
        timer.schedule(CHECK_INTERVAL, () -> {
            long completed = threads.getCompletedTaskCount();
            if (threads.getQueue().isEmpty()) {
                threads.setCorePoolSize(minThreads);
                watching.set(false);
                watchQueue(); // a task may have been added just before
                return;
            }
            int current = threads.getPoolSize();
            if (completed - completedBefore < current || current == 0) {
                grow(current + Math.max(1, Math.min(current, threads.getQueue().size())));
            }
            watch(completed);
        });
    }

    private void grow(int size) {
        try {
            threads.setCorePoolSize(
                    Math.max(minThreads, Math.min(MAX_THREADS, size))); // starts threads for the queued tasks
            threads.prestartCoreThread();
        } catch (Throwable noThread) { // watch() tries again while tasks are queued
            return;
        }
    }

    /** Drops queued tasks and interrupts running ones. */
    void shutdownNow() {
        threads.shutdownNow();
    }

    /** Accepts no more tasks. Those already accepted run; then the threads end. */
    void shutdown() {
        threads.shutdown();
    }

    /**
     * Interrupts every running task, and every queued task as it starts, and starts as many threads as they may need.
     * So tasks that react to interrupts end soon. The calling thread is not interrupted.
     */
    void interruptAll() {
        interrupting = true;
        workers.stream().filter(thread -> thread != Thread.currentThread()).forEach(Thread::interrupt);
        grow(MAX_THREADS);
    }

    /**
     * Waits for the threads to end, except for the calling thread, which cannot end before. Returns whether they did.
     */
    boolean awaitTermination(long nanos) throws InterruptedException {
        if (!workers.contains(Thread.currentThread())) {
            return threads.awaitTermination(nanos, TimeUnit.NANOSECONDS);
        }
        long end = timer.nanoTime() + nanos;
        synchronized (workers) {
            for (long left = nanos; threads.getPoolSize() > 1 && left > 0; left = end - timer.nanoTime()) {
                TimeUnit.NANOSECONDS.timedWait(workers, left);
            }
            return threads.getPoolSize() <= 1; // counts those that have not started yet, too
        }
    }
}
