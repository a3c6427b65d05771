package io.github.cdimqtt.internal.session.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Answers no further connection: its queue of those to be accepted is full, so that a client waits as it does for a host
 * that is frozen. Also where no other network is reached than the loopback.
 */
final class FullServer implements AutoCloseable {
    private final ServerSocket listener;
    private final Deque<Socket> queued = new ArrayDeque<>();

    FullServer() {
        try {
            listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
            while (isConnectable()) {
                // fills the queue
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean isConnectable() throws IOException {
        queued.push(new Socket());
        try {
            queued.element().connect(listener.getLocalSocketAddress(), 200);
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        }
    }

    String uri() {
        return "tcp://localhost:" + listener.getLocalPort();
    }

    @Override
    public void close() {
        try (listener) {
            for (Socket socket : queued) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
