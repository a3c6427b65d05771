package io.github.cdimqtt.broker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** Ports of the loopback interface. */
public final class Ports {

    /** Below 32768, where Linux begins to take the local ends of outgoing connections. */
    private static final int FIRST = 20_000;

    private static final int LAST = 32_000;

    private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

    /** Below those that are given out singly: neither kind takes one of the other before it is listened on. */
    private static final int FIRST_HUNDRED = 100;

    private static final int LAST_HUNDRED = 200;

    private static final AtomicInteger NEXT_HUNDRED =
            new AtomicInteger(ThreadLocalRandom.current().nextInt(FIRST_HUNDRED, LAST_HUNDRED));

    private Ports() {}

    /**
     * One that nobody listens on, and that this JVM has given to nobody: whom it is for may begin to listen much later.
     * Port 0 will not do for a broker that is to come back on its port: while it is away, any outgoing connection may be
     * given the number, even a client's own to that very port, which then talks to itself.
     */
    public static int free() {
        IOException last = null;
        for (int attempt = 0; attempt < 50; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, LAST);
            if (!GIVEN.add(port)) {
                continue;
            }
            try (ServerSocket probe = listen(port)) {
                return probe.getLocalPort();
            } catch (IOException e) {
                last = e;
            }
        }
        throw new UncheckedIOException("no free port in 50 attempts", last);
    }

    /** The first of a hundred that nobody listens on, and that this JVM has given to nobody: a multiple of a hundred. */
    public static int freeHundred() {
        for (int attempt = FIRST_HUNDRED; attempt < LAST_HUNDRED; attempt++) {
            int first = 100 * NEXT_HUNDRED.getAndUpdate(last -> last + 1 < LAST_HUNDRED ? last + 1 : FIRST_HUNDRED);
            if (IntStream.range(first, first + 100).allMatch(Ports::isFree)) {
                return first;
            }
        }
        throw new IllegalStateException("no hundred free ports between 10000 and 20000");
    }

    private static boolean isFree(int port) {
        try (ServerSocket probe = listen(port)) {
            return probe.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    static ServerSocket listen(int port) throws IOException {
        ServerSocket socket = new ServerSocket();
        try {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }
}
