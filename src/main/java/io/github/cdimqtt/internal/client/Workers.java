package io.github.cdimqtt.internal.client;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The threads of one application, gone after {@link #close}: those that lanes borrow, those that run what users chain to
 * stages and their async observers, and one for time. Thread-safe.
 */
public final class Workers implements Timer, AutoCloseable {
    private static final int CALLBACK_THREADS = 4;
    private static final int MOST_CALLBACK_THREADS = 1_000;
    private static final long STUCK_MILLIS = 20;
    private static final long IDLE_SECONDS = 5;
    private static final Duration UNTIL_THE_NEXT_TRY = Duration.ofMillis(100);

    private final ThreadPoolExecutor sessions;
    private final ThreadPoolExecutor lanes;
    private final ThreadPoolExecutor callbacks;
    private final CompletableFuture<?> ready;
    private final ScheduledThreadPoolExecutor clock;
    private final AtomicBoolean watching = new AtomicBoolean();

    /**
     * Creates the pools; threads start when there is work.
     *
     * @param own makes the threads that run no user's code, and are there before the application is
     * @param application makes those that run users' code
     * @param ready completes when those of the application run: one that is started sooner may wait until the application
     *     has started, which may wait for us
     */
    @SuppressWarnings("ErroneousThreadPoolConstructorChecker") // the core grows, see watch()
    public Workers(ThreadFactory own, ThreadFactory application, CompletableFuture<?> ready) {
        this.ready = ready;
        sessions = borrowed(own);
        lanes = borrowed(application);
        callbacks = new ThreadPoolExecutor(
                CALLBACK_THREADS,
                MOST_CALLBACK_THREADS,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                application);
        callbacks.allowCoreThreadTimeOut(true);
        clock = new ScheduledThreadPoolExecutor(1, own);
        clock.setRemoveOnCancelPolicy(true);
        clock.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    private static ThreadPoolExecutor borrowed(ThreadFactory factory) {
        return new ThreadPoolExecutor(
                0, Integer.MAX_VALUE, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), factory);
    }

    /**
     * Returns the pools for the use of sessions. Lanes find as many threads as there are busy lanes, so none waits for
     * another. A callback may block, even on a task that was queued behind it: when nothing was finished for a while, a
     * thread more is started. The submitters bound how many tasks there are.
     */
    public Threads threads() {
        return new Threads(
                sessions,
                task -> whenReady(() -> lanes.execute(task)),
                task -> whenReady(() -> callback(task)),
                task -> callbackOr(sessions, task),
                this);
    }

    private void whenReady(Runnable execution) {
        if (ready.isDone()) {
            execution.run();
        } else {
            CompletableFuture<Void> unused = ready.thenRun(() -> untilItSucceeds(execution));
        }
    }

    /** Whoever asked has gone and would not hear that there is no thread. */
    private void untilItSucceeds(Runnable execution) {
        try {
            execution.run();
        } catch (RejectedExecutionException closed) {
            throw closed;
        } catch (Throwable noThread) {
            schedule(UNTIL_THE_NEXT_TRY, () -> untilItSucceeds(execution));
        }
    }

    /** What the application waits for while it starts must not wait for that. */
    private void callbackOr(Executor meanwhile, Runnable task) {
        if (ready.isDone()) {
            callback(task);
        } else {
            meanwhile.execute(task);
        }
    }

    private void callback(Runnable task) {
        callbacks.execute(task);
        watchTheQueue();
    }

    private void watchTheQueue() {
        if (!callbacks.getQueue().isEmpty() && watching.compareAndSet(false, true)) {
            watch(callbacks.getCompletedTaskCount());
        }
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public Task schedule(Duration delay, Runnable task) {
        try {
            Future<?> future = clock.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
            return () -> future.cancel(false);
        } catch (RejectedExecutionException ended) {
            return () -> {};
        }
    }

    private void watch(long completedBefore) {
        schedule(Duration.ofMillis(STUCK_MILLIS), () -> {
            long completed = callbacks.getCompletedTaskCount();
            int threads = callbacks.getCorePoolSize();
            if (callbacks.getQueue().isEmpty()) {
                callbacks.setCorePoolSize(CALLBACK_THREADS);
                watching.set(false);
                watchTheQueue(); // a task may have come just before
                return;
            }
            if (completed == completedBefore && threads < MOST_CALLBACK_THREADS) {
                oneMore(threads + 1);
            }
            watch(completed);
        });
    }

    private void oneMore(int threads) {
        try {
            callbacks.setCorePoolSize(threads);
        } catch (Throwable noThread) { // for want of memory, or because a server gives none: those that run go on
            return;
        }
    }

    /**
     * Ends all threads: drops what was not begun, interrupts what still runs, and waits for it to end.
     *
     * @return whether all threads ended within the time
     */
    public boolean close(Duration patience) {
        close();
        long end = System.nanoTime() + patience.toNanos();
        boolean ended = true;
        try {
            for (ThreadPoolExecutor pool : List.of(clock, sessions, lanes, callbacks)) {
                ended &= pool.awaitTermination(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
        return ended;
    }

    @Override
    public void close() {
        clock.shutdownNow();
        sessions.shutdownNow();
        lanes.shutdownNow();
        callbacks.shutdownNow();
    }
}
