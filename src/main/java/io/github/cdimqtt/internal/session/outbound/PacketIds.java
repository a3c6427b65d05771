package io.github.cdimqtt.internal.session.outbound;

import java.util.BitSet;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The packet identifiers in use for what a session sends: messages of QoS 1 and 2, SUBSCRIBE and UNSUBSCRIBE (MQTT 3.1.1,
 * section 2.3.1). Thread-safe.
 */
public final class PacketIds {
    private static final int MAX = 65_535;

    private final BitSet used = new BitSet(MAX + 1);
    private int last;

    /**
     * Reserves a free identifier, the next one in a circle.
     *
     * @throws IllegalStateException if all are in use
     */
    public synchronized int reserve() {
        int next = used.nextClearBit(last + 1);
        if (next > MAX) {
            next = used.nextClearBit(1);
        }
        if (next > MAX) {
            throw new IllegalStateException("all 65,535 packet identifiers are in use");
        }
        used.set(next);
        last = next;
        return next;
    }

    /** Reserves this identifier, which is in use since an earlier JVM. */
    synchronized void reserve(int id) {
        used.set(id);
    }

    /**
     * Continues at a random place of the circle: the broker may know identifiers that an earlier JVM used and did not store, or
     * gave up, and would take a message of QoS 2 with one of them for a repetition.
     */
    synchronized void continueAnywhere() {
        last = ThreadLocalRandom.current().nextInt(1_000, MAX);
    }

    public synchronized void release(int id) {
        used.clear(id);
    }
}
