package io.github.cdimqtt.internal.application;

import io.github.cdimqtt.internal.concurrent.Timer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Makes the threads that run the code of one application, all of them named and daemon. Where a server offers managed threads
 * they are those, with its naming and its context; elsewhere they are plain ones with the application's class loader.
 * Thread-safe.
 */
final class ApplicationThreads implements ThreadFactory {
    private static final Duration BETWEEN_TRIALS = Duration.ofMillis(50);
    private static final int MOST_TRIALS = 1_200; // a minute

    private final AtomicInteger number = new AtomicInteger();
    private final CompletableFuture<@Nullable Void> usable = new CompletableFuture<>();
    private final CompletableFuture<@Nullable Void> started = new CompletableFuture<>();
    private final CompletableFuture<?> ready = CompletableFuture.allOf(usable, started);
    private volatile @Nullable ClassLoader applicationLoader =
            Thread.currentThread().getContextClassLoader();
    private volatile @Nullable ThreadFactory managed;

    /**
     * Finds the server's managed threads. To be called on the thread that starts the application: no other has its naming, nor
     * has that one at deployment or at the end.
     */
    void find(Timer timer) {
        if (managed == null) {
            applicationLoader = Thread.currentThread().getContextClassLoader();
            managed = lookUp();
            if (managed == null) {
                setReady();
            } else { // On another thread: on Payara, threads that this one makes have its naming, and no others have.
                int trials = ManagedThreads.hasNaming() ? MOST_TRIALS : 0;
                timer.schedule(Duration.ZERO, () -> tryOut(timer, trials));
            }
        }
    }

    private void tryOut(Timer timer, int trials) {
        try {
            Thread trial = managed(() -> {
                if (ManagedThreads.hasNaming()) {
                    setReady();
                } else {
                    tryOutAgain(timer, trials);
                }
            });
            if (trial == null) {
                setReady();
            } else {
                named(trial).start();
            }
        } catch (Throwable noThread) { // out of memory, or the server gives none
            tryOutAgain(timer, trials);
        }
    }

    private void tryOutAgain(Timer timer, int trials) {
        if (trials == 0 || usable.isDone()) {
            setReady();
        } else {
            timer.schedule(BETWEEN_TRIALS, () -> tryOut(timer, trials - 1));
        }
    }

    private static @Nullable ThreadFactory lookUp() {
        try {
            return ManagedThreads.find();
        } catch (Exception | LinkageError noServer) { // or no API, no module java.naming, or a server that refuses
            return null;
        }
    }

    /**
     * Completes when the threads are usable and the application has started, which an observer may depend on. A managed thread
     * that is made earlier waits for that start on Open Liberty, and never has naming on Payara.
     */
    CompletableFuture<?> ready() {
        return ready;
    }

    private void setReady() {
        usable.complete(null);
    }

    /** The application has started. */
    void started() {
        started.complete(null);
    }

    /**
     * Stops waiting for the application's start, because the application ends. If it never started, the remaining tasks run on
     * plain threads: on Open Liberty, managed ones would wait for that start.
     */
    void stopWaiting() {
        if (!usable.isDone()) {
            managed = null;
            setReady();
        }
        started();
    }

    @Override
    public Thread newThread(Runnable task) {
        Thread thread = managed(task);
        return thread == null ? plain(task) : named(thread);
    }

    /** Makes a plain thread. */
    Thread plain(Runnable task) {
        Thread thread = new Thread(null, task, "", 0, false); // inherits no thread-locals
        thread.setContextClassLoader(applicationLoader);
        return named(thread);
    }

    private Thread named(Thread thread) {
        thread.setName("cdi-mqtt-" + number.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    }

    private @Nullable Thread managed(Runnable task) {
        ThreadFactory factory = managed;
        try {
            return factory == null ? null : factory.newThread(task);
        } catch (IllegalStateException stopped) { // the application ends, and cdi-mqtt shuts down on plain threads
            return null;
        }
    }
}
