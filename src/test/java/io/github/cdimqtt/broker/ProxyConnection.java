package io.github.cdimqtt.broker;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.function.Consumer;
import java.util.function.Function;

/** A client's connection through a {@link Proxy}, with a thread for each direction that ends when either side closes. */
final class ProxyConnection {

    private final Socket client;
    private final Socket server;
    private final Line line;
    private final Function<Proxy.Direction, PacketCutter> cutters;
    private final Consumer<ProxyConnection> whenClosed;
    private final Thread up;
    private final Thread down;

    ProxyConnection(
            Socket client,
            Socket server,
            Line line,
            Function<Proxy.Direction, PacketCutter> cutters,
            Consumer<ProxyConnection> whenClosed)
            throws IOException {
        this.client = client;
        this.server = server;
        this.line = line;
        this.cutters = cutters;
        this.whenClosed = whenClosed;
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
        String name = "proxy-" + client.getLocalPort() + "-" + client.getPort();
        up = new Thread(() -> pump(client, server, Proxy.Direction.UP), name + "-up");
        down = new Thread(() -> pump(server, client, Proxy.Direction.DOWN), name + "-down");
    }

    void start() {
        up.start();
        down.start();
    }

    void close() {
        Sockets.close(client);
        Sockets.close(server);
        up.interrupt();
        down.interrupt();
        whenClosed.accept(this);
    }

    void join() {
        Sockets.join(up);
        Sockets.join(down);
    }

    private void pump(Socket from, Socket to, Proxy.Direction direction) {
        PacketCutter cutter = cutters.apply(direction);
        byte[] buffer = new byte[65_536];
        try (InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                int passed = cutter.pass(buffer, length);
                if (line.passes()) {
                    out.write(buffer, 0, passed);
                }
                if (cutter.isCut()) {
                    return;
                }
            }
        } catch (IOException | InterruptedException closed) {
            // One side is closed; the other is closed below.
        } finally {
            close();
        }
    }
}
