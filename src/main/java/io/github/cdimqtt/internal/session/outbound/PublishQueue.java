package io.github.cdimqtt.internal.session.outbound;

import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.MqttEvent;
import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.MqttReason;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.concurrent.StageCompleter;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.internal.packet.Terms;
import io.github.cdimqtt.internal.reporting.ConnectionListener;
import io.github.cdimqtt.internal.reporting.Counters;
import io.github.cdimqtt.internal.session.store.MessageStore;
import io.github.cdimqtt.internal.transport.PacketChannel;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The messages to be sent: a queue in the order of the calls, those of QoS 0 that are not written yet, and the flows of QoS 1
 * and 2. Unacknowledged messages survive a reconnect, and are sent again first, never more at a time than the window allows.
 *
 * <p>Thread-safe: the application's threads send, those of the channel bring the answers. Its lock guards everything here and
 * in the flows; stages are completed outside of it.
 */
public final class PublishQueue {
    private final int offlineBuffer;
    private final boolean sessionKept;
    private final PublishOutcomes outcomes;
    private final Queue<OutgoingMessage> queue = new ArrayDeque<>();
    private final UnwrittenMessages unwritten;
    private final OutgoingFlows flows;
    private @Nullable PacketChannel channel;
    private @Nullable MqttException ended;
    private @Nullable Runnable whenEmpty;

    /** Creates a queue with the bounds of the configuration; it holds what the store kept from an earlier JVM. */
    public PublishQueue(
            MqttConfig config, MessageStore store, PacketIds ids, ConnectionListener listener, Counters counters) {
        this.offlineBuffer = config.offlineBuffer();
        this.sessionKept = config.sessionKept();
        this.unwritten = new UnwrittenMessages(config.maxInflight());
        this.flows = new OutgoingFlows(config.maxInflight(), store, ids);
        this.outcomes = new PublishOutcomes(listener, counters);
    }

    /** Never waits for a thread that stores a message. */
    public int inflight() {
        return flows.size();
    }

    public synchronized int queued() {
        return queue.size();
    }

    /** Sends a message as soon as the window has room. The completer completes its stage. */
    public void publish(
            Packet.Publish content, CompletableFuture<MqttEvent.Published> stage, StageCompleter completer) {
        OutgoingMessage message = new OutgoingMessage(content, stage, completer);
        MqttException fault = PublishFailures.tooLarge(content);
        synchronized (this) {
            if (fault == null) {
                fault = refusal(message);
            }
            if (fault == null) {
                queue.add(message);
                sendNext();
            }
        }
        if (fault != null) {
            completer.fail(stage, fault);
        }
        outcomes.report();
    }

    private @Nullable MqttException refusal(OutgoingMessage message) {
        if (ended != null) {
            return ended;
        } else if (channel == null && message.qos() == Qos.AT_MOST_ONCE) {
            return PublishFailures.notConnected(message.content);
        } else if (queue.size() >= offlineBuffer && !(channel != null && queue.isEmpty() && hasRoom(message))) {
            return PublishFailures.queueFull(message.content.topic(), offlineBuffer);
        }
        return null;
    }

    /**
     * The broker accepted a connection: sends again what was unacknowledged, then what is queued.
     *
     * @param sessionKept whether the broker kept the session; otherwise all messages are new to it
     * @param terms what the broker allows on this connection
     * @param first sent before everything else, at QoS 0; null for nothing
     * @throws MqttException if the store fails; then nothing is sent on this connection
     */
    public void connected(PacketChannel connected, boolean sessionKept, Terms terms, Packet.@Nullable Publish first) {
        synchronized (this) {
            flows.connected(sessionKept);
            channel = connected;
            if (first != null) {
                unwritten.send(connected, OutgoingMessage.unobserved(first));
            }
            sendNext();
        }
        outcomes.report();
    }

    /** Sends a message of QoS 0 past the queue: the connection is closed next. */
    public synchronized void sendBeforeClose(Packet.Publish last) {
        if (channel != null) {
            unwritten.send(channel, OutgoingMessage.unobserved(last));
        }
    }

    /** The connection is lost: fails messages of QoS 0; the others wait for the next one. */
    public void disconnected(MqttException cause) {
        synchronized (this) {
            channel = null;
            flows.disconnected();
            outcomes.failAtMostOnce(unwritten.all(), cause);
            outcomes.failAtMostOnce(queue, cause);
            checkEmpty();
        }
        outcomes.report();
    }

    /** Messages of QoS 0 were written, in the order in which they were sent. */
    public void written(PacketChannel on, int count) {
        List<OutgoingMessage> written;
        synchronized (this) {
            if (on != channel) {
                return; // they have failed
            }
            written = unwritten.written(count);
            sendNext();
        }
        written.forEach(outcomes::delivered);
        outcomes.report();
    }

    /** PUBACK or PUBCOMP was received; one that no message waits for is ignored. */
    public void acknowledged(int packetId, Qos qos, MqttReason reason) {
        OutgoingMessage message;
        synchronized (this) {
            message = flows.end(packetId, qos);
            if (message == null) {
                return;
            }
            sendNext();
        }
        outcomes.delivered(message);
        outcomes.report();
    }

    /** PUBREC was received: the broker has the message, and PUBREL is due. */
    public synchronized void pubrecReceived(int packetId, MqttReason reason) {
        OutgoingMessage message = flows.pubrecReceived(packetId);
        PacketChannel current = channel;
        if (message != null && current != null) {
            current.send(message.packet());
        }
    }

    /** Returns the message that the broker must answer first on this connection; null if there is none. */
    public synchronized Packet.@Nullable Publish firstUnanswered() {
        return flows.firstUnanswered();
    }

    /** Fails every message that was not acknowledged. */
    public void failAll(MqttException cause) {
        synchronized (this) {
            flows.all().forEach(each -> outcomes.fail(each, cause));
            if (!sessionKept) {
                flows.all().forEach(flows::end);
            }
            outcomes.failAll(unwritten.all(), cause);
            outcomes.failAll(queue, cause);
            checkEmpty();
        }
        outcomes.report();
    }

    /** As {@link #failAll}, and fails every later message. */
    public void end(MqttException cause) {
        synchronized (this) {
            ended = cause;
        }
        failAll(cause);
    }

    /** Returns whether every message was acknowledged or failed. */
    public synchronized boolean isEmpty() {
        return queue.isEmpty()
                && unwritten.all().isEmpty()
                && flows.all().stream().allMatch(each -> each.abandoned);
    }

    /** Runs an action as soon as the queue is empty. */
    public void whenEmpty(Runnable action) {
        synchronized (this) {
            whenEmpty = action;
            checkEmpty();
        }
        outcomes.report();
    }

    private void sendNext() {
        PacketChannel current = channel;
        if (current == null) {
            return;
        }
        sendFlows(current);
        while (!queue.isEmpty() && hasRoom(queue.element())) {
            OutgoingMessage next = queue.remove();
            if (next.qos() == Qos.AT_MOST_ONCE) {
                unwritten.send(current, next);
            } else {
                begin(next);
                sendFlows(current);
            }
        }
        checkEmpty();
    }

    private boolean hasRoom(OutgoingMessage message) {
        return message.qos() == Qos.AT_MOST_ONCE ? unwritten.hasRoom() && flows.areSent() : flows.hasRoom();
    }

    private void begin(OutgoingMessage message) {
        try {
            flows.begin(message);
        } catch (MqttException notStored) {
            outcomes.fail(message, notStored);
        }
    }

    private void sendFlows(PacketChannel current) {
        for (OutgoingMessage next = flows.sendNext(); next != null; next = flows.sendNext()) {
            current.send(next.packet());
        }
    }

    private void checkEmpty() {
        if (whenEmpty != null && isEmpty()) {
            outcomes.then(whenEmpty);
            whenEmpty = null;
        }
    }
}
