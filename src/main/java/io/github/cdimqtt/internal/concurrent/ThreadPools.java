package io.github.cdimqtt.internal.concurrent;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads of one application, gone after {@link #close}: those that lanes borrow, those that run async observers,
 * those that run what users chain to stages, and one for time. Thread-safe.
 */
public final class ThreadPools implements Timer, AutoCloseable {
    private static final long IDLE_SECONDS = 5;
    private static final Duration UNTIL_THE_NEXT_TRY = Duration.ofMillis(100);

    private final ThreadPoolExecutor sessions;
    private final ThreadPoolExecutor lanes;
    private final ElasticExecutor observers;
    private final ElasticExecutor callbacks;
    private final CompletableFuture<?> ready;
    private final ScheduledThreadPoolExecutor clock;

    /**
     * Creates the pools; threads start when there is work.
     *
     * @param own makes the threads that run no user's code, and are there before the application is
     * @param application makes those that run users' code
     * @param ready completes when those of the application run: one that is started sooner may wait until the application
     *     has started, which may wait for us
     */
    public ThreadPools(ThreadFactory own, ThreadFactory application, CompletableFuture<?> ready) {
        this.ready = ready;
        sessions = borrowed(own);
        lanes = borrowed(application);
        observers = new ElasticExecutor(application, IDLE_SECONDS, this);
        callbacks = new ElasticExecutor(application, IDLE_SECONDS, this);
        clock = new ScheduledThreadPoolExecutor(1, own);
        clock.setRemoveOnCancelPolicy(true);
        clock.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    private static ThreadPoolExecutor borrowed(ThreadFactory factory) {
        return new ThreadPoolExecutor(
                0, Integer.MAX_VALUE, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), factory);
    }

    /**
     * Returns the pools for the use of sessions. Lanes and calls find as many threads as there are busy ones, so none waits
     * for another. Observers and callbacks may block, even on a task of their kind that was queued behind them; neither
     * waits for the other kind.
     */
    public SessionExecutors threads() {
        return new SessionExecutors(
                sessions,
                task -> whenReady(() -> lanes.execute(task)),
                task -> whenReady(() -> observers.execute(task)),
                task -> now(callbacks, task),
                task -> now(lanes.isShutdown() ? sessions : lanes, task),
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
    private void now(Executor application, Runnable task) {
        (ready.isDone() ? application : sessions).execute(task);
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public Task schedule(Duration delay, Runnable task) {
        try {
            Future<?> future = clock.schedule(task, delay.toNanos(), NANOSECONDS);
            return () -> future.cancel(false);
        } catch (RejectedExecutionException ended) {
            return () -> {};
        }
    }

    /**
     * Ends the threads of observers: drops what was not begun, interrupts what still runs, and waits for it to end. Whoever
     * calls is not interrupted, even in an observer.
     */
    public void stopObservers(Duration patience) {
        long end = nanoTime() + patience.toNanos();
        boolean interrupted = Thread.interrupted();
        lanes.shutdownNow();
        observers.shutdownNow();
        Thread.interrupted();
        try {
            lanes.awaitTermination(left(end), NANOSECONDS);
            observers.awaitTermination(left(end));
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Ends all threads: drops what was not begun, interrupts what still runs, and waits for it to end. Stages alone are
     * completed all the same, in the first half of the time on threads that are not interrupted.
     *
     * @return whether all threads ended within the time
     */
    public boolean close(Duration patience) {
        long end = nanoTime() + patience.toNanos();
        long half = nanoTime() + patience.toNanos() / 2;
        sessions.shutdownNow();
        lanes.shutdownNow();
        observers.shutdownNow();
        try {
            sessions.awaitTermination(left(half), NANOSECONDS); // they may fail some stages yet
            callbacks.shutdown();
            if (!callbacks.awaitTermination(left(half))) {
                callbacks.hurry();
            }
            clock.shutdownNow(); // it gave them threads
            boolean ended = callbacks.awaitTermination(left(end));
            ended &= observers.awaitTermination(left(end));
            for (ThreadPoolExecutor pool : List.of(clock, sessions, lanes)) {
                ended &= pool.awaitTermination(left(end), NANOSECONDS);
            }
            return ended;
        } catch (InterruptedException e) {
            close();
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private long left(long end) {
        return Math.max(0, end - nanoTime());
    }

    /** As {@link #close(Duration)}, but waits for nothing. */
    @Override
    public void close() {
        clock.shutdownNow();
        sessions.shutdownNow();
        lanes.shutdownNow();
        observers.shutdownNow();
        callbacks.shutdown();
        callbacks.hurry();
    }
}
