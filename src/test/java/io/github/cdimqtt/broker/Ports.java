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

/** Ports of the loopback interface: all, or with {@code TEST_PORTS=2/3} the second third, for tests that run side by side. */
public final class Ports {

    private static final String[] SHARE =
            System.getenv().getOrDefault("TEST_PORTS", "1/1").split("/");

    /** Below 32768, where Linux begins to take the local ports of outgoing connections. */
    private static final int FIRST = border(20_000, 32_000, -1);

    private static final int LAST = border(20_000, 32_000, 0);

    private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

    /** Below the ports that are returned singly, so that neither kind takes a port of the other. */
    private static final int FIRST_HUNDRED = border(100, 200, -1);

    private static final int LAST_HUNDRED = border(100, 200, 0);

    private static final AtomicInteger NEXT_HUNDRED =
            new AtomicInteger(ThreadLocalRandom.current().nextInt(FIRST_HUNDRED, LAST_HUNDRED));

    private Ports() {}

    /**
     * Returns a port that is free, and that this JVM has not returned before: its user may begin to listen much later. Port 0
     * does not do for a broker that restarts on its port: while it is down, any outgoing connection may get the number, even a
     * client's own to that very port, which then is connected to itself.
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

    /** Returns the first of a hundred free ports that this JVM has not returned before: a multiple of a hundred. */
    public static int freeHundred() {
        for (int attempt = FIRST_HUNDRED; attempt < LAST_HUNDRED; attempt++) {
            int first = 100 * NEXT_HUNDRED.getAndUpdate(last -> last + 1 < LAST_HUNDRED ? last + 1 : FIRST_HUNDRED);
            if (IntStream.range(first, first + 100).allMatch(Ports::isFree)) {
                return first;
            }
        }
        throw new IllegalStateException(
                "no hundred free ports between " + 100 * FIRST_HUNDRED + " and " + 100 * LAST_HUNDRED);
    }

    /** Returns the end of this run's share of a range, or that of the share {@code steps} from it. */
    private static int border(int first, int last, int steps) {
        return first + (last - first) * (Integer.parseInt(SHARE[0]) + steps) / Integer.parseInt(SHARE[1]);
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
