package io.github.cdimqtt.internal.session.outbound;

import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.MqttReason;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.concurrent.Timer;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.internal.packet.ProtocolVersion;
import io.github.cdimqtt.internal.packet.Terms;
import io.github.cdimqtt.internal.transport.PacketChannel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sends messages in order, as soon as the window has room: first the flows that wait for this connection, then those that
 * were never sent. Guarded by the lock of its {@link PublishQueue}.
 */
final class PublishSender {
    private static final MqttReason IDENTIFIER_NOT_FOUND = new MqttReason(0x92);

    private final MqttConfig config;
    private final Timer timer;
    private final OutgoingFlows flows;
    private final PublishOutcomes outcomes;
    private final WaitingMessages waiting = new WaitingMessages();
    private final UnwrittenMessages unwritten;
    private final boolean answersUnknown;
    private @Nullable PublishConnection connection;

    PublishSender(
            MqttConfig config, ProtocolVersion version, OutgoingFlows flows, PublishOutcomes outcomes, Timer timer) {
        this.config = config;
        this.timer = timer;
        this.flows = flows;
        this.outcomes = outcomes;
        this.unwritten = new UnwrittenMessages(config.maxInflight());
        this.answersUnknown = version.hasProperties();
    }

    int queued() {
        return waiting.size();
    }

    /** Returns whether all messages are sent, and those of QoS 0 written. */
    boolean isEmpty() {
        return waiting.isEmpty() && unwritten.all().isEmpty();
    }

    /** Returns why a message is not taken; null if it is. Where there is no room for it, those that have expired make some. */
    @Nullable
    MqttException refusal(OutgoingMessage message) {
        PublishConnection current = connection;
        if (current == null && message.qos() == Qos.AT_MOST_ONCE) {
            return PublishFailures.notConnected(message.content);
        }
        MqttException fault = current == null ? null : current.fault(message);
        if (fault != null || !isFullFor(message)) {
            return fault;
        }
        waiting.removeExpired(timer.nanoTime())
                .forEach(each -> outcomes.fail(each, PublishFailures.expired(each.content)));
        return isFullFor(message) ? PublishFailures.queueFull(message.content.topic(), config.offlineBuffer()) : null;
    }

    private boolean isFullFor(OutgoingMessage message) {
        return waiting.size() >= config.offlineBuffer()
                && !(connection != null && waiting.isEmpty() && hasRoom(message));
    }

    void add(OutgoingMessage message) {
        waiting.add(message);
    }

    /** A connection is there, on which a message goes first unless it is null. */
    void connected(PacketChannel channel, boolean sessionKept, Terms terms, Packet.@Nullable Publish first) {
        flows.connected(sessionKept, terms.receiveMaximum());
        connection = new PublishConnection(channel, terms, config.topicAliasMaximum(), timer);
        failForbidden(connection);
        if (first != null) {
            sendPastTheQueue(first);
        }
    }

    /** Otherwise these flows would go first on each connection, and the broker would end it for them. */
    private void failForbidden(PublishConnection current) {
        for (OutgoingMessage each : flows.all()) {
            MqttException fault = current.faultOfResent(each);
            if (fault != null) {
                flows.giveUp(each);
                outcomes.givenUp(each, fault);
            }
        }
    }

    /** Sends a message of QoS 0 at once, as it is. */
    void sendPastTheQueue(Packet.Publish message) {
        if (connection != null) {
            connection.send(message);
            unwritten.add(OutgoingMessage.unobserved(message, null));
        }
    }

    void disconnected(MqttException cause) {
        connection = null;
        flows.disconnected();
        outcomes.failAtMostOnce(unwritten.all(), cause);
        outcomes.failAtMostOnce(waiting.all(), cause);
    }

    /** Returns the messages of QoS 0 that were written on a channel; none if it is not that of the connection: they have failed. */
    List<OutgoingMessage> written(PacketChannel on, int count) {
        return connection != null && connection.isOn(on) ? unwritten.written(count) : List.of();
    }

    /** Answers a PUBREC that refuses nothing with PUBREL. */
    void release(int packetId, MqttReason reason) {
        OutgoingMessage message = flows.pubrecReceived(packetId, reason);
        if (connection == null) {
            return;
        } else if (message != null) {
            connection.send(message);
        } else if (answersUnknown) { // so that the broker ends it, too (MQTT 5.0, section 3.6.2.1)
            connection.send(new Packet.PubRel(packetId, IDENTIFIER_NOT_FOUND));
        }
    }

    void failAll(MqttException cause) {
        outcomes.failAll(unwritten.all(), cause);
        outcomes.failAll(waiting.all(), cause);
    }

    /** Sends what there is room for. What the broker does not allow, or has expired, fails in its turn. */
    void sendNext() {
        PublishConnection current = connection;
        if (current == null) {
            return;
        }
        sendFlows(current);
        while (!waiting.isEmpty() && hasRoom(waiting.head())) {
            OutgoingMessage next = waiting.remove();
            MqttException fault = current.fault(next);
            if (fault != null) {
                outcomes.fail(next, fault);
            } else if (next.qos() == Qos.AT_MOST_ONCE) {
                current.send(next);
                unwritten.add(next);
            } else {
                begin(next);
                sendFlows(current);
            }
        }
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

    private void sendFlows(PublishConnection current) {
        for (OutgoingMessage next = flows.sendNext(); next != null; next = flows.sendNext()) {
            current.send(next);
        }
    }
}
