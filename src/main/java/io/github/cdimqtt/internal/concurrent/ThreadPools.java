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
 * The threads of one application, all of them ended by {@link #close}: those that serial executors borrow, those of
 * async observers, those that complete stages, and the one of the timer. Thread-safe.
 */
public final class ThreadPools implements Timer, AutoCloseable {
    private static final long IDLE_SECONDS = 5;
    private static final int OBSERVER_THREADS = 4;
    private static final Duration RETRY_DELAY = Duration.ofMillis(100);

    private final ThreadPoolExecutor sessions;
    private final ThreadPoolExecutor dispatch;
    private final ElasticExecutor observers;
    private final ElasticExecutor callbacks;
    private final CompletableFuture<?> ready;
    private final ScheduledThreadPoolExecutor scheduler;

    /**
     * Creates the pools. Threads start when there are tasks.
     *
     * @param internalThreads creates threads that run no application code; usable before the application has started
     * @param applicationThreads creates threads that run application code
     * @param ready completes when application threads may start: a server may keep an earlier one waiting until the
     *     application has started, and that start may wait for us
     */
    public ThreadPools(ThreadFactory internalThreads, ThreadFactory applicationThreads, CompletableFuture<?> ready) {
        this.ready = ready;
        sessions = cachedPool(internalThreads);
        dispatch = cachedPool(applicationThreads);
        observers = new ElasticExecutor(OBSERVER_THREADS, applicationThreads, IDLE_SECONDS, this);
        callbacks = new ElasticExecutor(1, applicationThreads, IDLE_SECONDS, this); // one that takes many at once
        scheduler = new ScheduledThreadPoolExecutor(1, internalThreads);
        scheduler.setRemoveOnCancelPolicy(true);
        scheduler.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    private static ThreadPoolExecutor cachedPool(ThreadFactory factory) {
        return new ThreadPoolExecutor(
                0, Integer.MAX_VALUE, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), factory);
    }

    /**
     * Returns the executors for sessions. {@code dispatch} and {@code calls} add a thread whenever all are busy, so no
     * task waits for another. Tasks of {@code observers} and {@code callbacks} may block, even on a task of their kind
     * queued behind them; neither kind waits for the other.
     */
    public SessionExecutors executors() {
        return new SessionExecutors(
                sessions,
                task -> executeWhenReady(() -> dispatch.execute(task)),
                task -> executeWhenReady(() -> observers.execute(task)),
                task -> executeNow(callbacks, task),
                task -> executeNow(dispatch.isShutdown() ? sessions : dispatch, task),
                this);
    }

    private void executeWhenReady(Runnable execution) {
        if (ready.isDone()) {
            execution.run();
        } else {
            CompletableFuture<Void> unused = ready.thenRun(() -> executeUntilAccepted(execution));
        }
    }

    /** Retries, because the submitter has returned and can't be given the error that no thread can be started. */
    private void executeUntilAccepted(Runnable execution) {
        try {
            execution.run();
        } catch (RejectedExecutionException closed) {
            throw closed;
        } catch (Throwable noThread) {
            schedule(RETRY_DELAY, () -> executeUntilAccepted(execution));
        }
    }

    /** Uses an internal thread until the application has started, as its start may wait for the task. */
    private void executeNow(Executor application, Runnable task) {
        (ready.isDone() ? application : sessions).execute(task);
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public Task schedule(Duration delay, Runnable task) {
        try {
            Future<?> future = scheduler.schedule(task, delay.toNanos(), NANOSECONDS);
            return () -> future.cancel(false);
        } catch (RejectedExecutionException closed) {
            return () -> {};
        }
    }

    /**
     * Ends the threads of observers: drops queued tasks, interrupts running ones, and waits for them to end. The
     * calling thread is not interrupted, even if it is running an observer.
     */
    public void stopObservers(Duration timeout) {
        long end = nanoTime() + timeout.toNanos();
        boolean interrupted = Thread.interrupted();
        dispatch.shutdownNow();
        observers.shutdownNow();
        Thread.interrupted();
        try {
            dispatch.awaitTermination(remaining(end), NANOSECONDS);
            observers.awaitTermination(remaining(end));
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Ends all threads: drops queued tasks, interrupts running ones, and waits for them to end. Stages are completed
     * all the same; for the first half of the time, the threads that complete them are not interrupted.
     *
     * @return whether all threads ended within the time
     */
    public boolean close(Duration timeout) {
        long end = nanoTime() + timeout.toNanos();
        long half = nanoTime() + timeout.toNanos() / 2;
        sessions.shutdownNow();
        dispatch.shutdownNow();
        observers.shutdownNow();
        try {
            sessions.awaitTermination(remaining(half), NANOSECONDS); // they may still fail some stages
            callbacks.shutdown();
            if (!callbacks.awaitTermination(remaining(half))) {
                callbacks.interruptAll();
            }
            scheduler.shutdownNow(); // it added threads for the callbacks until now
            boolean allEnded = callbacks.awaitTermination(remaining(end));
            allEnded &= observers.awaitTermination(remaining(end));
            for (ThreadPoolExecutor pool : List.of(scheduler, sessions, dispatch)) {
                allEnded &= pool.awaitTermination(remaining(end), NANOSECONDS);
            }
            return allEnded;
        } catch (InterruptedException e) {
            close();
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private long remaining(long end) {
        return Math.max(0, end - nanoTime());
    }

    /** As {@link #close(Duration)}, but without waiting. */
    @Override
    public void close() {
        scheduler.shutdownNow();
        sessions.shutdownNow();
        dispatch.shutdownNow();
        observers.shutdownNow();
        callbacks.shutdown();
        callbacks.interruptAll();
    }
}
