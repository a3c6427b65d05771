package io.github.cdimqtt.internal.cdi;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import javax.naming.NamingException;
import org.jspecify.annotations.Nullable;

/**
 * Makes the threads of one application, named and daemon: managed ones where a server offers them, which have its naming
 * and its context; plain ones with the application's class loader elsewhere. Thread-safe.
 */
final class MqttThreads implements ThreadFactory {
    private final AtomicInteger number = new AtomicInteger();
    private volatile @Nullable ClassLoader applicationLoader =
            Thread.currentThread().getContextClassLoader();
    private volatile @Nullable ThreadFactory managed;

    /**
     * Finds out what there is. Call it on the thread that starts the application: no other has its naming, nor has this one
     * at deployment or at the end.
     */
    void find() {
        if (managed == null) {
            applicationLoader = Thread.currentThread().getContextClassLoader();
            managed = lookUp();
        }
    }

    private static @Nullable ThreadFactory lookUp() {
        try {
            return ManagedThreads.find();
        } catch (NamingException | LinkageError | RuntimeException noServer) { // or no API, or a server that refuses
            return null;
        }
    }

    @Override
    public Thread newThread(Runnable task) {
        Thread thread = managed(task);
        if (thread == null) {
            thread = new Thread(task);
            thread.setContextClassLoader(applicationLoader);
        }
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
