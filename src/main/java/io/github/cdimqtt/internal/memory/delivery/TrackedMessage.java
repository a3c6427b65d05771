package io.github.cdimqtt.internal.memory.delivery;

import io.github.cdimqtt.MqttEvent;
import io.github.cdimqtt.internal.packet.Packet;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** A message that a test has published, until all who were connected have handled it. Thread-safe. */
public final class TrackedMessage {
    private final DeliveryTracker tracker;
    private final IdentityHashMap<Object, TrackedCopy> byCopy =
            new IdentityHashMap<>(); // guarded by this; of the broker
    private final List<TrackedCopy> copies = new ArrayList<>(); // guarded by this; the same, in order
    private final IdentityHashMap<ByteBuffer, TrackedCopy> payloads = new IdentityHashMap<>(); // guarded by this
    private boolean over; // guarded by this: what comes later, as a retained message, is nobody's business

    TrackedMessage(DeliveryTracker tracker) {
        this.tracker = tracker;
    }

    /** A copy goes to a client that is connected. */
    public synchronized void expect(Object copy, Object session, String clientId) {
        if (!over) {
            TrackedCopy expected = new TrackedCopy(this, session, clientId);
            byCopy.put(copy, expected);
            copies.add(expected);
        }
    }

    /** A copy is sent, perhaps again. */
    public void sent(Object copy, Packet.Publish packet) {
        change(copy, expected -> {
            payloads.put(packet.payload(), expected);
            tracker.add(packet.payload(), expected);
        });
    }

    /** A copy is acknowledged, or nobody is there to handle it. */
    public void settled(Object copy) {
        change(copy, TrackedCopy::settled);
    }

    /** A copy will never be sent. */
    public void undelivered(Object copy, String reason) {
        change(copy, expected -> expected.undelivered(reason));
    }

    /** The client of a copy has lost its connection. */
    public void cut(Object copy) {
        change(copy, TrackedCopy::cut);
    }

    /** The client of a copy is connected again. */
    public void back(Object copy) {
        change(copy, TrackedCopy::back);
    }

    /** The session of a copy has ended. */
    public void lost(Object copy) {
        change(copy, TrackedCopy::lost);
    }

    private synchronized void change(Object copy, Consumer<TrackedCopy> change) {
        TrackedCopy expected = over ? null : byCopy.get(copy);
        if (expected != null) { // null for a client that was not connected
            change(expected, change);
        }
    }

    synchronized void change(TrackedCopy copy, Consumer<TrackedCopy> change) {
        change.accept(copy);
        notifyAll();
    }

    /**
     * Waits until all copies are done, and follows them no more. Returns whether they are.
     *
     * @param deadline as of {@link System#nanoTime}
     */
    public synchronized boolean await(long deadline) throws InterruptedException {
        try {
            for (long left = deadline - System.nanoTime(); !isDone(); left = deadline - System.nanoTime()) {
                if (left <= 0) {
                    return false;
                }
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
            return true;
        } finally {
            over = true;
            payloads.keySet().forEach(tracker::remove);
        }
    }

    private boolean isDone() {
        return copies.stream().allMatch(TrackedCopy::isDone);
    }

    /** Returns the failures of observers, in the order in which each client reported them. */
    public synchronized List<MqttEvent.MessageFailed> failures() {
        return copies.stream().flatMap(copy -> copy.failures().stream()).toList();
    }

    /** Returns whom it will never be sent to, and why; empty if there is nobody. */
    public synchronized List<String> undelivered() {
        return copies.stream()
                .filter(copy -> copy.undelivered() != null)
                .map(copy -> "the client '" + copy.clientId() + "': " + copy.undelivered())
                .toList();
    }

    /** Returns how many clients it went to. */
    public synchronized int clients() {
        return copies.size();
    }

    /** Returns what the copies that are not done wait for. */
    public synchronized String state() {
        return copies.stream()
                .filter(copy -> !copy.isDone())
                .map(TrackedCopy::state)
                .collect(Collectors.joining("; "));
    }

    /** Returns the observers that run, with their threads, each with its client where several have it. */
    public synchronized Map<String, Thread> running() {
        Map<String, Thread> all = new LinkedHashMap<>();
        copies.forEach(copy -> copy.running().forEach((observer, thread) -> {
            String name = all.containsKey(observer) ? observer + " of the client '" + copy.clientId() + "'" : observer;
            all.put(name, thread);
        }));
        return all;
    }
}
