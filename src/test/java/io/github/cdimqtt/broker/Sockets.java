package io.github.cdimqtt.broker;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Closes the sockets and threads of a {@link Proxy}. */
final class Sockets {

    private Sockets() {}

    static void close(Closeable socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
