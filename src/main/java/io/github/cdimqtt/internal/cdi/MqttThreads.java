package io.github.cdimqtt.internal.cdi;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** Makes the threads of one application in Java SE: named, daemon, with the application's class loader. Thread-safe. */
final class MqttThreads implements ThreadFactory {
    private final ClassLoader applicationLoader = Thread.currentThread().getContextClassLoader();
    private final AtomicInteger number = new AtomicInteger();

    @Override
    public Thread newThread(Runnable task) {
        Thread thread = new Thread(task, "cdi-mqtt-" + number.incrementAndGet());
        thread.setDaemon(true);
        thread.setContextClassLoader(applicationLoader);
        return thread;
    }
}
