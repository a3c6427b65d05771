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
 * Runs tasks that may block, even on a task that was queued behind them: on a few threads, and while each of them takes
 * longer than a while for a task, on twice as many, as far as tasks wait for them, up to a thousand. The submitters bound how many tasks there are. Thread-safe.
 */
final class ElasticExecutor implements Executor {
    private static final int FEW = 4;
    private static final int MOST = 1_000;
    private static final Duration A_WHILE = Duration.ofMillis(20);

    private final Timer timer;
    private final ThreadPoolExecutor threads;
    private final AtomicBoolean watching = new AtomicBoolean();
    private final Set<Thread> alive = ConcurrentHashMap.newKeySet();
    private volatile boolean hurried;

    /**
     * Creates a pool without a thread.
     *
     * @param idleSeconds after which a thread ends that has nothing to do
     */
    @SuppressWarnings("ErroneousThreadPoolConstructorChecker") // the core grows, see watch()
    ElasticExecutor(ThreadFactory factory, long idleSeconds, Timer timer) {
        this.timer = timer;
        threads =
                new ThreadPoolExecutor(
                        FEW,
                        MOST,
                        idleSeconds,
                        TimeUnit.SECONDS,
                        new LinkedBlockingQueue<>(),
                        worker -> factory.newThread(() -> live(worker))) {
                    @Override
                    protected void beforeExecute(Thread thread, Runnable task) {
                        if (hurried) {
                            thread.interrupt();
                        }
                    }
                };
        threads.allowCoreThreadTimeOut(true);
    }

    private void live(Runnable worker) {
        alive.add(Thread.currentThread());
        try {
            worker.run();
        } finally {
            synchronized (alive) {
                alive.remove(Thread.currentThread());
                alive.notifyAll();
            }
        }
    }

    /**
     * Runs a task, as soon as there is a thread for it.
     *
     * @throws RejectedExecutionException if the pool is closed
     */
    @Override
    public void execute(Runnable task) {
        try {
            threads.execute(task);
        } catch (RejectedExecutionException closed) {
            throw closed;
        } catch (Throwable noThread) { // for want of memory, or because a server gives none
            threads.getQueue().add(task);
        }
        watchTheQueue();
    }

    private void watchTheQueue() {
        if (!threads.getQueue().isEmpty() && watching.compareAndSet(false, true)) {
            watch(threads.getCompletedTaskCount());
        }
    }

    private void watch(long completedBefore) {
        timer.schedule(A_WHILE, () -> {
            long completed = threads.getCompletedTaskCount();
            if (threads.getQueue().isEmpty()) {
                threads.setCorePoolSize(FEW);
                watching.set(false);
                watchTheQueue(); // a task may have come just before
                return;
            }
            int size = threads.getPoolSize();
            if (completed - completedBefore < size || size == 0) {
                widen(size + Math.max(1, Math.min(size, threads.getQueue().size())));
            }
            watch(completed);
        });
    }

    private void widen(int core) {
        try {
            threads.setCorePoolSize(Math.max(FEW, Math.min(MOST, core))); // starts them, as far as tasks wait
            threads.prestartCoreThread();
        } catch (Throwable noThread) { // it is tried again, as long as tasks wait
            return;
        }
    }

    /** Drops what was not begun, and interrupts what still runs. */
    void shutdownNow() {
        threads.shutdownNow();
    }

    /** Takes nothing more. What it took runs all the same, and the threads end after it. */
    void shutdown() {
        threads.shutdown();
    }

    /**
     * Interrupts what runs, and what is yet to begin from its beginning, and gives it all the threads that it may need:
     * tasks that react to interrupts are done soon. Not the one that calls this.
     */
    void hurry() {
        hurried = true;
        alive.stream().filter(thread -> thread != Thread.currentThread()).forEach(Thread::interrupt);
        widen(MOST);
    }

    /** Waits for the threads to end: all but the one that calls this, which could not end before. Returns whether they did. */
    boolean awaitTermination(long nanos) throws InterruptedException {
        if (!alive.contains(Thread.currentThread())) {
            return threads.awaitTermination(nanos, TimeUnit.NANOSECONDS);
        }
        long end = timer.nanoTime() + nanos;
        synchronized (alive) {
            for (long left = nanos; threads.getPoolSize() > 1 && left > 0; left = end - timer.nanoTime()) {
                TimeUnit.NANOSECONDS.timedWait(alive, left);
            }
            return threads.getPoolSize() <= 1; // also those that are not alive yet
        }
    }
}
