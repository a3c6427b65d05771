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

/** A TCP line to a port of the loopback interface that a test can spoil. Thread-safe. */
public final class Proxy implements AutoCloseable {

    /** Which way packets go: from the client to the broker, or back. */
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

    /** Opens a line to this port. */
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

    /** What a client connects to. */
    public String url() {
        return "tcp://127.0.0.1:" + port();
    }

    /** Forwards everything at once; also what a new proxy does. Bytes that were held back go on first. */
    public void forward() {
        line.become(Line.State.OPEN, Duration.ZERO);
    }

    /** Forwards everything late by this much, in order, in both directions. */
    public void delay(Duration delay) {
        line.become(Line.State.OPEN, delay);
    }

    /** Goes silent: accepts connections and keeps those it has, but holds back every byte in both directions. */
    public void silence() {
        line.become(Line.State.SILENT, Duration.ZERO);
    }

    /** Throws every byte away, in both directions. */
    public void drop() {
        line.become(Line.State.DROPPING, Duration.ZERO);
    }

    /** Accepts connections and closes them at once; those it has go on. */
    public void refuse() {
        line.become(Line.State.REFUSING, Duration.ZERO);
    }

    /** Closes all connections that it has; new ones are accepted. */
    public void cut() {
        connections.forEach(ProxyConnection::close);
    }

    /** Closes connections in the middle of a packet of this kind that goes this way, the next so many times. */
    public void cutWithin(Packet kind, Direction direction, int times) {
        cutPoint.set(new CutPoint(kind, direction, times));
    }

    /** Tells whole packets as they pass, in order for each connection and direction, before they go on. */
    public void tap(BiConsumer<Direction, byte[]> listener) {
        tap.set(listener);
    }

    /** How many of the cuts asked for with {@link #cutWithin} are still to come. */
    public int cutsLeft() {
        return cutPoint.get().left();
    }

    /** How many connections it has accepted in all, refused ones included. */
    public int accepted() {
        return accepted.get();
    }

    /** How many of them are open. */
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
                // Closed, or a client that was gone before it was accepted: the loop's condition tells.
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
        } catch (IOException nobodyThere) {
            client.close();
        }
    }
}
