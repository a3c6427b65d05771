package io.github.cdimqtt.broker;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;

/** How a {@link Proxy} puts its things away. */
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
