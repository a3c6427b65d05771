package io.github.cdimqtt.internal.concurrent;

/**
 * Starts threads that inherit nothing from the thread that starts them: neither its context class loader nor its thread-locals. The
 * threads that Paho starts inherit from the connecting one, so they are daemons too and hold no thread-locals of a
 * request.
 */
public final class DetachedThreads {

    private DetachedThreads() {}

    /** Starts a thread that does not keep the JVM alive. */
    public static void startDaemon(String name, Runnable task) {
        start(name, task, true);
    }

    /** Starts a thread that keeps the JVM alive. Its task must end soon, by itself. */
    public static void startNonDaemon(String name, Runnable task) {
        start(name, task, false);
    }

    private static void start(String name, Runnable task, boolean daemon) {
        Thread thread = new Thread(null, task, name, 0, false);
        thread.setDaemon(daemon);
        thread.setContextClassLoader(DetachedThreads.class.getClassLoader());
        thread.start();
    }
}
