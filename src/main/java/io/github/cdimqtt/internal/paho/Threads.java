package io.github.cdimqtt.internal.paho;

/**
 * Starts threads that keep nothing of whoever starts them. Paho's own threads inherit from the one that connects: so
 * they are daemons too and hold no thread-locals of a request.
 */
final class Threads {

    private Threads() {}

    /** Starts a thread that does not keep the JVM alive. */
    static void daemon(String name, Runnable task) {
        start(name, task, true);
    }

    /** Starts a thread that the JVM waits for: it ends by itself, soon. */
    static void brief(String name, Runnable task) {
        start(name, task, false);
    }

    private static void start(String name, Runnable task, boolean daemon) {
        Thread thread = new Thread(null, task, name, 0, false);
        thread.setDaemon(daemon);
        thread.setContextClassLoader(Threads.class.getClassLoader());
        thread.start();
    }
}
