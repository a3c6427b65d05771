package io.github.cdimqtt.broker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;

/** A TCP proxy to a port of the loopback interface, which a test can delay, stall and cut. Thread-safe. */
public final class Proxy implements AutoCloseable {

    /** The direction of packets: from the client to the broker, or back. */
    public enum Direction {
        UP,
        DOWN
    }

    private final int target;
    private final ServerSocket listener;
    private final Thread acceptor;
    private final Line line = new Line();
    private final List<ProxyConnection> connections = new CopyOnWriteArrayList<>();
    private final AtomicInteger accepted = new AtomicInteger();
    private final AtomicReference<CutPoint> cutPoint = new AtomicReference<>(CutPoint.NONE);
    private final AtomicReference<BiConsumer<Direction, byte[]>> tap = new AtomicReference<>((way, packet) -> {});

    private Proxy(int target) throws IOException {
        this.target = target;
        listener = Ports.listen(Ports.free());
        acceptor = new Thread(this::accept, "proxy-" + port());
    }

    /** Opens a proxy to this port. */
    public static Proxy to(int target) {
        try {
            Proxy proxy = new Proxy(target);
            proxy.acceptor.start();
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** Returns the address for clients. */
    public String url() {
        return "tcp://127.0.0.1:" + port();
    }

    /** Forwards everything at once, as a new proxy does. Bytes that were held back are forwarded first. */
    public void forward() {
        line.become(Line.State.OPEN, Duration.ZERO);
    }

    /** Forwards everything late by this much, in order, in both directions. */
    public void delay(Duration delay) {
        line.become(Line.State.OPEN, delay);
    }

    /** Stalls: accepts connections and keeps those it has, but holds back every byte in both directions. */
    public void stall() {
        line.become(Line.State.STALLED, Duration.ZERO);
    }

    /** Discards every byte, in both directions. */
    public void drop() {
        line.become(Line.State.DROPPING, Duration.ZERO);
    }

    /** Accepts connections and closes them at once; open ones remain. */
    public void refuse() {
        line.become(Line.State.REFUSING, Duration.ZERO);
    }

    /** Closes all open connections; new ones are accepted. */
    public void cut() {
        connections.forEach(ProxyConnection::close);
    }

    /** Closes the connection in the middle of each of the next {@code times} packets of this kind in this direction. */
    public void cutWithin(Packet kind, Direction direction, int times) {
        cutPoint.set(new CutPoint(kind, direction, times));
    }

    /** Calls a listener with each whole packet before it is forwarded, in order for each connection and direction. */
    public void tap(BiConsumer<Direction, byte[]> listener) {
        tap.set(listener);
    }

    /** Returns how many of the cuts of {@link #cutWithin} are still to come. */
    public int cutsLeft() {
        return cutPoint.get().left();
    }

    /** Returns how many connections it has accepted in all, refused ones included. */
    public int accepted() {
        return accepted.get();
    }

    /** Returns how many connections are open. */
    public int open() {
        return connections.size();
    }

    /** Cuts all connections and stops listening; its threads have ended when this returns. */
    @Override
    public void close() {
        Sockets.close(listener);
        Sockets.join(acceptor);
        for (ProxyConnection connection : connections) {
            connection.close();
            connection.join();
        }
    }

    private PacketCutter cutter(Direction direction) {
        return new PacketCutter(
                first -> cutPoint.get().take(direction, first),
                packet -> tap.get().accept(direction, packet));
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                connect(listener.accept());
            } catch (IOException e) {
                // Closed, or a client that was gone before it was accepted: the loop's condition decides.
            }
        }
    }

    private void connect(Socket client) throws IOException {
        accepted.incrementAndGet();
        if (line.refuses()) {
            client.close();
            return;
        }
        try {
            Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
            ProxyConnection connection = new ProxyConnection(client, server, line, this::cutter, connections::remove);
            connections.add(connection);
            connection.start();
        } catch (IOException noListener) {
            client.close();
        }
    }
}
