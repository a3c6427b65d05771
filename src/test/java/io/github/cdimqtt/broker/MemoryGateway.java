package io.github.cdimqtt.broker;

import io.github.cdimqtt.internal.memory.MemoryBroker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Lets clients over TCP speak to a broker inside this JVM. */
final class MemoryGateway implements AutoCloseable {
    private final ServerSocket server;
    private final MemoryBroker broker;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

    private MemoryGateway(ServerSocket server, MemoryBroker broker) {
        this.server = server;
        this.broker = broker;
    }

    static MemoryGateway listen(int port, MemoryBroker broker) {
        try {
            MemoryGateway gateway = new MemoryGateway(Ports.listen(port), broker);
            start("gateway", gateway::accept);
            return gateway;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void start(String name, Runnable task) {
        Thread thread = new Thread(null, task, name, 0, false);
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = server.accept();
                socket.setTcpNoDelay(true);
                sockets.add(socket);
                start("gateway-client", () -> serve(socket));
            }
        } catch (IOException e) {
            // It is closed.
        }
        sockets.forEach(Sockets::close); // also one that was accepted meanwhile
    }

    private void serve(Socket socket) {
        try {
            new MemoryGatewayClient(broker, socket).run();
        } finally {
            sockets.remove(socket);
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        sockets.forEach(Sockets::close);
    }
}
