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
 * What is to be sent: a queue in the order of the calls, and a window of what was sent and not yet answered. The window
 * keeps over reconnects what is of QoS 1 and 2; it is sent again first. Touched on the session's lane only, but for
 * {@link #admit} and the numbers.
 */
public final class PublishQueue {
    private record Entry(
            OutboundMessage message, CompletableFuture<MqttEvent.Published> reply, StageCompleter through) {}

    private static final StageCompleter AT_ONCE = new StageCompleter(Runnable::run);

    private final String broker;
    private final int window;
    private final int offlineBuffer;
    private final ConnectionListener listener;
    private final StageCompleter replies;
    private final Counters counters;
    private final Queue<Entry> queue = new ArrayDeque<>();
    private final Map<OutboundMessage, Entry> sent = new LinkedHashMap<>();
    private final AtomicInteger admitted = new AtomicInteger();

    private Transport.@Nullable Connection connection;
    private int sentAtMostOnce;
    private Runnable whenEmpty = () -> {};
    private volatile int inflight;
    private volatile int queued;

    /**
     * Creates it, empty.
     *
     * @param window how many messages of QoS 1 and 2 may be unanswered; QoS 0 has as many of its own
     * @param offlineBuffer how many messages may wait
     */
    public PublishQueue(
            int window, int offlineBuffer, ConnectionListener listener, StageCompleter replies, Counters counters) {
        this.broker = listener.broker();
        this.window = window;
        this.offlineBuffer = offlineBuffer;
        this.listener = listener;
        this.replies = replies;
        this.counters = counters;
    }

    /** Counts a message in, if there is room for it. Any thread. */
    public boolean admit() {
        if (admitted.incrementAndGet() > offlineBuffer + 2L * window) {
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

    /** Sends an admitted message, now or when its turn comes. */
    public void publish(OutboundMessage message, CompletableFuture<MqttEvent.Published> reply) {
        publish(new Entry(message, reply, replies));
    }

    /** As {@link #publish}, and completes the reply on the lane: no user's code hangs on it. */
    public void publishForUs(OutboundMessage message, CompletableFuture<MqttEvent.Published> reply) {
        publish(new Entry(message, reply, AT_ONCE));
    }

    private void publish(Entry entry) {
        OutboundMessage message = entry.message();
        if (connection == null && message.qos() == Qos.AT_MOST_ONCE) {
            fail(
                    entry,
                    new MqttException("not connected: a message of QoS 0 to '" + Printable.of(message.topic())
                            + "' is not kept; use QoS 1, or wait for MqttEvent.Connected"));
        } else if (queue.size() >= offlineBuffer && !(queue.isEmpty() && hasRoom(message))) {
            fail(entry, full(message.topic()));
        } else {
            queue.add(entry);
            pump();
        }
    }

    public MqttException full(String topic) {
        return new MqttException("the queue of messages to be sent is full (offline-buffer=" + offlineBuffer
                + "): the one to '" + Printable.of(topic) + "' was not taken");
    }

    /** Sends again what was not answered, then what waits. */
    public void connected(Transport.Connection connection) {
        this.connection = connection;
        List.copyOf(sent.keySet()).forEach(connection::publish);
        pump();
    }

    /** What is of QoS 0 is gone with the connection; the rest waits for the next. */
    public void lost(MqttException cause) {
        connection = null;
        failAtMostOnce(sent.values(), cause);
        failAtMostOnce(queue, cause);
        sentAtMostOnce = 0;
        update();
    }

    public void delivered(OutboundMessage message, int packetId) {
        Entry entry = remove(message);
        if (entry == null) {
            return;
        }
        counters.published.increment();
        MqttEvent.Published published = new MqttEvent.Published(broker, message.topic(), message.qos(), packetId);
        entry.through().complete(entry.reply(), published);
        if (listener.observes(MqttEvent.Published.class)) {
            listener.event(published);
        }
        pump();
    }

    public void rejected(OutboundMessage message, MqttException cause) {
        Entry entry = remove(message);
        if (entry != null) {
            entry.through().fail(entry.reply(), cause);
            pump();
        }
    }

    /** Fails all that was not answered. */
    public void fail(MqttException cause) {
        List<Entry> all = new ArrayList<>(sent.values());
        all.addAll(queue);
        sent.clear();
        queue.clear();
        sentAtMostOnce = 0;
        all.forEach(entry -> fail(entry, cause));
        update();
    }

    public boolean isEmpty() {
        return sent.isEmpty() && queue.isEmpty();
    }

    /** Runs something as soon as everything was answered. */
    public void whenEmpty(Runnable action) {
        whenEmpty = action;
        update();
    }

    private void pump() {
        Transport.Connection current = connection;
        while (current != null && !queue.isEmpty() && hasRoom(queue.element().message())) {
            Entry next = queue.remove();
            sent.put(next.message(), next);
            if (next.message().qos() == Qos.AT_MOST_ONCE) {
                sentAtMostOnce++;
            }
            current.publish(next.message());
        }
        update();
    }

    private boolean hasRoom(OutboundMessage message) {
        return message.qos() == Qos.AT_MOST_ONCE ? sentAtMostOnce < window : sent.size() - sentAtMostOnce < window;
    }

    private @Nullable Entry remove(OutboundMessage message) {
        Entry entry = sent.remove(message);
        if (entry != null) {
            admitted.decrementAndGet();
            if (message.qos() == Qos.AT_MOST_ONCE) {
                sentAtMostOnce--;
            }
        }
        return entry;
    }

    private void failAtMostOnce(Collection<Entry> entries, MqttException cause) {
        entries.removeIf(entry -> {
            boolean gone = entry.message().qos() == Qos.AT_MOST_ONCE;
            if (gone) {
                String topic = Printable.of(entry.message().topic());
                fail(
                        entry,
                        new MqttException(
                                "the connection was lost before the message to '" + topic + "' was sent", cause));
            }
            return gone;
        });
    }

    private void fail(Entry entry, MqttException cause) {
        admitted.decrementAndGet();
        entry.through().fail(entry.reply(), cause);
    }

    private void update() {
        inflight = sent.size() - sentAtMostOnce;
        queued = queue.size();
        if (isEmpty()) {
            Runnable action = whenEmpty;
            whenEmpty = () -> {};
            action.run();
        }
    }
}
