package io.github.cdimqtt.internal.session.outbound;

import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.MqttEvent;
import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.MqttReason;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.concurrent.StageCompleter;
import io.github.cdimqtt.internal.concurrent.Timer;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.internal.packet.ProtocolVersion;
import io.github.cdimqtt.internal.packet.Terms;
import io.github.cdimqtt.internal.reporting.ConnectionListener;
import io.github.cdimqtt.internal.reporting.Counters;
import io.github.cdimqtt.internal.session.store.MessageStore;
import io.github.cdimqtt.internal.transport.PacketChannel;
import java.util.List;
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
    private final ProtocolVersion version;
    private final boolean sessionKept;
    private final Timer timer;
    private final PublishOutcomes outcomes;
    private final OutgoingFlows flows;
    private final PublishSender sender;
    private @Nullable MqttException ended;
    private @Nullable Runnable whenEmpty;

    /** Creates a queue with the bounds of the configuration; it holds what the store kept from an earlier JVM. */
    public PublishQueue(
            MqttConfig config,
            MessageStore store,
            PacketIds ids,
            ConnectionListener listener,
            Counters counters,
            Timer timer) {
        this.version = ProtocolVersion.of(config.protocolVersion());
        this.sessionKept = config.sessionKept();
        this.timer = timer;
        this.outcomes = new PublishOutcomes(listener, counters, timer);
        this.flows = new OutgoingFlows(config.maxInflight(), version, store, ids, timer);
        this.sender = new PublishSender(config, version, flows, outcomes, timer);
        if (!version.hasProperties() && flows.haveProperties()) {
            outcomes.propertiesLeftOut(version);
        }
    }

    /** Never waits for a thread that stores a message. */
    public int inflight() {
        return flows.size();
    }

    public synchronized int queued() {
        return sender.queued();
    }

    /** As {@link #publish(Packet.Publish, CompletableFuture, StageCompleter, long)}, for a call that is made now. */
    public void publish(
            Packet.Publish content, CompletableFuture<MqttEvent.Published> stage, StageCompleter completer) {
        publish(content, stage, completer, content.properties().expiry() == null ? 0 : timer.nanoTime());
    }

    /**
     * Sends a message as soon as the window has room. The completer completes its stage.
     *
     * @param calledAt when the application published it, on the session's timer: its expiry counts from then on
     */
    public void publish(
            Packet.Publish content,
            CompletableFuture<MqttEvent.Published> stage,
            StageCompleter completer,
            long calledAt) {
        MessageExpiry expiry = MessageExpiry.of(content.properties(), calledAt);
        OutgoingMessage message = new OutgoingMessage(content, expiry, stage, completer);
        MqttException fault = PublishFailures.tooLarge(content, version);
        synchronized (this) {
            if (fault == null) {
                fault = ended != null ? ended : sender.refusal(message);
            }
            if (fault == null) {
                sender.add(message);
                sendNext();
            }
        }
        if (fault != null) {
            completer.fail(stage, fault);
        }
        outcomes.report();
    }

    /**
     * The broker accepted a connection: sends again what was unacknowledged, then what is queued. What the broker does not allow
     * is not sent, and fails.
     *
     * @param sessionKept whether the broker kept the session; otherwise all messages are new to it
     * @param terms what the broker allows on this connection
     * @param first sent before everything else, at QoS 0; null for nothing
     * @throws MqttException if the store fails; then nothing is sent on this connection
     */
    public void connected(PacketChannel channel, boolean sessionKept, Terms terms, Packet.@Nullable Publish first) {
        synchronized (this) {
            sender.connected(channel, sessionKept, terms, first);
            sendNext();
        }
        outcomes.report();
    }

    /** Sends a message of QoS 0 past the queue: the connection is closed next. */
    public synchronized void sendBeforeClose(Packet.Publish last) {
        sender.sendPastTheQueue(last);
    }

    /** The connection is lost: fails messages of QoS 0; the others wait for the next one. */
    public void disconnected(MqttException cause) {
        synchronized (this) {
            sender.disconnected(cause);
            checkEmpty();
        }
        outcomes.report();
    }

    /** Messages of QoS 0 were written, in the order in which they were sent. */
    public void written(PacketChannel on, int count) {
        List<OutgoingMessage> written;
        synchronized (this) {
            written = sender.written(on, count);
            sendNext();
        }
        written.forEach(each -> outcomes.delivered(each, MqttReason.SUCCESS));
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
        if (qos == Qos.EXACTLY_ONCE) { // PUBCOMP says something of the identifier alone (MQTT 5.0, section 3.7.2.1)
            outcomes.delivered(message, message.pubrecReason);
        } else if (reason.isFailure()) {
            outcomes.refused(message, reason);
        } else {
            outcomes.delivered(message, reason);
        }
        outcomes.report();
    }

    /** PUBREC was received: the broker has the message, and PUBREL is due; or it refused it, and none is [MQTT-4.3.3-4]. */
    public void pubrecReceived(int packetId, MqttReason reason) {
        OutgoingMessage refused = null;
        synchronized (this) {
            if (reason.isFailure()) {
                refused = flows.end(packetId, Qos.EXACTLY_ONCE);
                sendNext();
            } else {
                sender.release(packetId, reason);
            }
        }
        if (refused != null) {
            outcomes.refused(refused, reason);
        }
        outcomes.report();
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
            sender.failAll(cause);
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
        return sender.isEmpty() && flows.all().stream().allMatch(each -> each.abandoned);
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
        sender.sendNext();
        checkEmpty();
    }

    private void checkEmpty() {
        if (whenEmpty != null && isEmpty()) {
            outcomes.then(whenEmpty);
            whenEmpty = null;
        }
    }
}
