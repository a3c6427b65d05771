package io.github.cdimqtt.broker;

import java.util.concurrent.atomic.AtomicInteger;

/** The packets that a {@link Proxy} is still to cut: of one kind, in one direction. Thread-safe. */
final class CutPoint {

    static final CutPoint NONE = new CutPoint(Packet.CONNECT, Proxy.Direction.UP, 0);

    private final Packet kind;
    private final Proxy.Direction direction;
    private final AtomicInteger left;

    CutPoint(Packet kind, Proxy.Direction direction, int times) {
        this.kind = kind;
        this.direction = direction;
        this.left = new AtomicInteger(times);
    }

    /** Returns whether the packet that begins with this byte is to be cut, and counts it then. */
    boolean take(Proxy.Direction way, int first) {
        return way == direction && kind.begins(first) && left.getAndUpdate(n -> Math.max(0, n - 1)) > 0;
    }

    int left() {
        return left.get();
    }
}
