package io.github.cdimqtt.internal.application;

import io.github.cdimqtt.internal.concurrent.Timer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Makes the threads that run the code of one application, named and daemon: managed ones where a server offers them, which
 * have its naming and its context; plain ones with the application's class loader elsewhere. Thread-safe.
 */
public final class ApplicationThreads implements ThreadFactory {
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
     * Finds out what there is. Call it on the thread that starts the application: no other has its naming, nor has this one
     * at deployment or at the end.
     */
    public void find(Timer timer) {
        if (managed == null) {
            applicationLoader = Thread.currentThread().getContextClassLoader();
            managed = lookUp();
            if (managed == null) {
                setReady();
            } else { // Not on this thread: on Payara those that it starts have its naming, and no others.
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
        } catch (Throwable noThread) { // for want of memory, or because the server gives none
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
     * Completes when the threads are of use and the application has started: an observer may need what that prepares, and
     * meanwhile a managed thread waits on Open Liberty, and has no naming on Payara, then or later.
     */
    public CompletableFuture<?> ready() {
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
     * Waits for the application's start no longer: it ends, perhaps before it had started. What is left to run has no managed
     * threads then: on Open Liberty they would wait for that start.
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

    /** Makes a thread without the server. */
    public Thread plain(Runnable task) {
        Thread thread = new Thread(null, task, "", 0, false); // keeps no thread-locals of whoever starts it
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
        } catch (IllegalStateException stopped) { // the application ends: the rest is our own goodbye
            return null;
        }
    }
}
