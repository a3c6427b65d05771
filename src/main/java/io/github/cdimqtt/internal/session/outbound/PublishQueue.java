package io.github.cdimqtt.internal.session.outbound;

import io.github.cdimqtt.MqttEvent;
import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.concurrent.StageCompleter;
import io.github.cdimqtt.internal.reporting.ConnectionListener;
import io.github.cdimqtt.internal.reporting.Counters;
import io.github.cdimqtt.internal.text.Printable;
import io.github.cdimqtt.internal.transport.OutboundMessage;
import io.github.cdimqtt.internal.transport.Transport;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The messages to be sent: a queue in the order of the calls, and a window of messages sent but not acknowledged.
 * Messages of QoS 1 and 2 in the window survive a reconnect and are sent again first. On the session's executor only,
 * except for {@link #admit}, {@link #queueFull} and the counts.
 */
public final class PublishQueue {
    private record Entry(
            OutboundMessage message, CompletableFuture<MqttEvent.Published> stage, StageCompleter completer) {}

    private static final StageCompleter DIRECT = new StageCompleter(Runnable::run);

    private final String broker;
    private final int maxInflight;
    private final int offlineBuffer;
    private final ConnectionListener listener;
    private final StageCompleter completer;
    private final Counters counters;
    private final Queue<Entry> queue = new ArrayDeque<>();
    private final Map<OutboundMessage, Entry> window = new LinkedHashMap<>();
    private final AtomicInteger admitted = new AtomicInteger();

    private Transport.@Nullable Connection connection;
    private int inflightAtMostOnce;
    private Runnable whenEmpty = () -> {};
    private volatile int inflight;
    private volatile int queued;

    /**
     * Creates an empty queue.
     *
     * @param maxInflight how many messages of QoS 1 and 2 may be unacknowledged; as many more of QoS 0 may be unwritten
     * @param offlineBuffer how many messages may be queued
     */
    public PublishQueue(
            int maxInflight,
            int offlineBuffer,
            ConnectionListener listener,
            StageCompleter completer,
            Counters counters) {
        this.broker = listener.broker();
        this.maxInflight = maxInflight;
        this.offlineBuffer = offlineBuffer;
        this.listener = listener;
        this.completer = completer;
        this.counters = counters;
    }

    /** Reserves room for a message. Returns whether there was any. Any thread. */
    public boolean admit() {
        if (admitted.incrementAndGet() > offlineBuffer + 2L * maxInflight) {
            admitted.decrementAndGet();
            return false;
        }
        return true;
    }

    public int inflight() {
        return inflight;
    }

    public int queued() {
        return queued;
    }

    /** Sends an admitted message, as soon as the window has room. */
    public void publish(OutboundMessage message, CompletableFuture<MqttEvent.Published> stage) {
        publish(new Entry(message, stage, completer));
    }

    /** As {@link #publish}, but completes the stage on the session's executor: no application code depends on it. */
    public void publishInternal(OutboundMessage message, CompletableFuture<MqttEvent.Published> stage) {
        publish(new Entry(message, stage, DIRECT));
    }

    private void publish(Entry entry) {
        OutboundMessage message = entry.message();
        if (connection == null && message.qos() == Qos.AT_MOST_ONCE) {
            fail(
                    entry,
                    new MqttException("not connected: a message of QoS 0 to '" + Printable.of(message.topic())
                            + "' is not kept; use QoS 1, or wait for MqttEvent.Connected"));
        } else if (queue.size() >= offlineBuffer && !(queue.isEmpty() && hasRoom(message))) {
            fail(entry, queueFull(message.topic()));
        } else {
            queue.add(entry);
            sendNext();
        }
    }

    /** Returns the failure of a message that was not admitted. */
    public MqttException queueFull(String topic) {
        return new MqttException("the queue of messages to be sent is full (offline-buffer=" + offlineBuffer
                + "): the one to '" + Printable.of(topic) + "' was not taken");
    }

    /** Sends again what was unacknowledged, then what is queued. */
    public void connected(Transport.Connection connection) {
        this.connection = connection;
        List.copyOf(window.keySet()).forEach(connection::publish);
        sendNext();
    }

    /** Fails messages of QoS 0; the others wait for the next connection. */
    public void lost(MqttException cause) {
        connection = null;
        failAtMostOnce(window.values(), cause);
        failAtMostOnce(queue, cause);
        inflightAtMostOnce = 0;
        updateCounts();
    }

    public void delivered(OutboundMessage message, int packetId) {
        Entry entry = remove(message);
        if (entry == null) {
            return;
        }
        counters.published.increment();
        MqttEvent.Published published = new MqttEvent.Published(broker, message.topic(), message.qos(), packetId);
        entry.completer().complete(entry.stage(), published);
        if (listener.observes(MqttEvent.Published.class)) {
            listener.event(published);
        }
        sendNext();
    }

    public void rejected(OutboundMessage message, MqttException cause) {
        Entry entry = remove(message);
        if (entry != null) {
            entry.completer().fail(entry.stage(), cause);
            sendNext();
        }
    }

    /** Fails every message that was not acknowledged. */
    public void failAll(MqttException cause) {
        List<Entry> all = new ArrayList<>(window.values());
        all.addAll(queue);
        window.clear();
        queue.clear();
        inflightAtMostOnce = 0;
        all.forEach(entry -> fail(entry, cause));
        updateCounts();
    }

    public boolean isEmpty() {
        return window.isEmpty() && queue.isEmpty();
    }

    /** Runs an action as soon as every message was acknowledged or failed. */
    public void whenEmpty(Runnable action) {
        whenEmpty = action;
        updateCounts();
    }

    private void sendNext() {
        Transport.Connection current = connection;
        while (current != null && !queue.isEmpty() && hasRoom(queue.element().message())) {
            Entry next = queue.remove();
            window.put(next.message(), next);
            if (next.message().qos() == Qos.AT_MOST_ONCE) {
                inflightAtMostOnce++;
            }
            current.publish(next.message());
        }
        updateCounts();
    }

    private boolean hasRoom(OutboundMessage message) {
        return message.qos() == Qos.AT_MOST_ONCE
                ? inflightAtMostOnce < maxInflight
                : window.size() - inflightAtMostOnce < maxInflight;
    }

    private @Nullable Entry remove(OutboundMessage message) {
        Entry entry = window.remove(message);
        if (entry != null) {
            admitted.decrementAndGet();
            if (message.qos() == Qos.AT_MOST_ONCE) {
                inflightAtMostOnce--;
            }
        }
        return entry;
    }

    private void failAtMostOnce(Collection<Entry> entries, MqttException cause) {
        entries.removeIf(entry -> {
            boolean failed = entry.message().qos() == Qos.AT_MOST_ONCE;
            if (failed) {
                String topic = Printable.of(entry.message().topic());
                fail(
                        entry,
                        new MqttException(
                                "the connection was lost before the message to '" + topic + "' was sent", cause));
            }
            return failed;
        });
    }

    private void fail(Entry entry, MqttException cause) {
        admitted.decrementAndGet();
        entry.completer().fail(entry.stage(), cause);
    }

    private void updateCounts() {
        inflight = window.size() - inflightAtMostOnce;
        queued = queue.size();
        if (isEmpty()) {
            Runnable action = whenEmpty;
            whenEmpty = () -> {};
            action.run();
        }
    }
}
