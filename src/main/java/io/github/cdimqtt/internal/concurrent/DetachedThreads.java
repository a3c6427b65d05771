package io.github.cdimqtt.internal.concurrent;

/**
 * Starts threads that keep nothing of whoever starts them. Paho's own threads inherit from the one that connects: so
 * they are daemons too and hold no thread-locals of a request.
 */
public final class DetachedThreads {

    private DetachedThreads() {}

    /** Starts a thread that does not keep the JVM alive. */
    public static void daemon(String name, Runnable task) {
        start(name, task, true);
    }

    /** Starts a thread that the JVM waits for: it ends by itself, soon. */
    public static void brief(String name, Runnable task) {
        start(name, task, false);
    }

    private static void start(String name, Runnable task, boolean daemon) {
        Thread thread = new Thread(null, task, name, 0, false);
        thread.setDaemon(daemon);
        thread.setContextClassLoader(DetachedThreads.class.getClassLoader());
        thread.start();
    }
}
