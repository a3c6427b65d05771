package io.github.cdimqtt.broker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Sends back the bytes that it receives, on any number of connections. */
final class EchoServer implements AutoCloseable {

    private final ServerSocket listener;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final List<Thread> threads = new CopyOnWriteArrayList<>();

    EchoServer() {
        try {
            listener = Ports.listen(Ports.free());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        run("echo", this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    @Override
    public void close() {
        Sockets.close(listener);
        sockets.forEach(Sockets::close);
        threads.forEach(Sockets::join);
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listener.accept();
                sockets.add(socket);
                run("echo-" + socket.getPort(), () -> echo(socket));
            }
        } catch (IOException closed) {
            // The end.
        }
    }

    private void run(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        threads.add(thread);
        thread.start();
    }

    private static void echo(Socket socket) {
        try (socket) {
            socket.getInputStream().transferTo(socket.getOutputStream());
        } catch (IOException closed) {
            // The end of this connection.
        }
    }
}
