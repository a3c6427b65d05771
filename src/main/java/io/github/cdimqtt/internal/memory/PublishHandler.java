package io.github.cdimqtt.internal.memory;

import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.MqttReason;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.internal.topic.TopicName;
import java.util.Set;

/** Receives the messages of clients, and what they answer to those of the broker. Not thread-safe. */
final class PublishHandler {
    private static final MqttReason NO_MATCHING_SUBSCRIBERS = new MqttReason(0x10);
    private static final MqttReason PACKET_IDENTIFIER_NOT_FOUND = new MqttReason(0x92);
    private static final int TOPIC_NAME_INVALID = 0x90;
    private static final int RECEIVE_MAXIMUM_EXCEEDED = 0x93;
    private static final int TOPIC_ALIAS_INVALID = 0x94;

    private final MessageRouter router;
    private final BrokerFaults faults;

    PublishHandler(MessageRouter router, BrokerFaults faults) {
        this.router = router;
        this.faults = faults;
    }

    void publish(ClientConnection connection, Packet.Publish packet) {
        Packet.Publish message = withTopic(connection, packet);
        ClientSession session = connection.session();
        switch (message.qos()) {
            case AT_MOST_ONCE -> {
                MqttReason unused = publish(connection, message, session);
            }
            case AT_LEAST_ONCE ->
                acknowledge(connection, new Packet.PubAck(message.packetId(), publish(connection, message, session)));
            case EXACTLY_ONCE -> publishOnce(connection, message, session);
        }
    }

    private void publishOnce(ClientConnection connection, Packet.Publish message, ClientSession session) {
        Set<Integer> incoming = session.incoming();
        boolean isNew = incoming.add(message.packetId());
        if (incoming.size() > ConnectHandler.RECEIVE_MAXIMUM
                && connection.version().hasProperties()) {
            throw new ProtocolViolation(RECEIVE_MAXIMUM_EXCEEDED); // [MQTT-3.3.4-9]
        }
        MqttReason reason = isNew ? publish(connection, message, session) : MqttReason.SUCCESS;
        if (reason.isFailure()) { // which ends the flow (MQTT 5.0, figure 4.3)
            incoming.remove(message.packetId());
        }
        connection.send(new Packet.PubRec(message.packetId(), reason));
    }

    /** Publishes a message, unless it is refused. Returns what the publisher is told: of MQTT 3.1.1 never a failure. */
    private MqttReason publish(ClientConnection connection, Packet.Publish message, ClientSession session) {
        MqttReason refusal = faults.refusalOf(message.topic());
        boolean anySubscribers = refusal == null && router.publish(message, session);
        if (!connection.version().hasProperties()) {
            return MqttReason.SUCCESS;
        }
        return refusal != null ? refusal : anySubscribers ? MqttReason.SUCCESS : NO_MATCHING_SUBSCRIBERS;
    }

    private void acknowledge(ClientConnection connection, Packet answer) {
        if (!faults.dropsAcknowledgementsNow()) {
            connection.send(answer);
        }
    }

    private static Packet.Publish withTopic(ClientConnection connection, Packet.Publish message) {
        int alias = message.topicAlias();
        String topic = message.topic();
        if (alias < 0 || alias > ConnectHandler.TOPIC_ALIAS_MAXIMUM) { // [MQTT-3.3.2-9]
            throw new ProtocolViolation(TOPIC_ALIAS_INVALID);
        }
        if (topic.isEmpty() && alias != 0) {
            String named = connection.aliases().get(alias);
            if (named == null) {
                throw new ProtocolViolation(ProtocolViolation.PROTOCOL_ERROR);
            }
            return message.with(named, 0);
        }
        try {
            TopicName.check(topic);
        } catch (MqttException e) {
            throw new ProtocolViolation(TOPIC_NAME_INVALID);
        }
        if (alias != 0) {
            connection.aliases().put(alias, topic);
        }
        return message;
    }

    void released(ClientConnection connection, Packet.PubRel release) {
        boolean known = connection.session().incoming().remove(release.packetId());
        acknowledge(connection, new Packet.PubComp(release.packetId(), found(connection, known)));
    }

    void received(ClientConnection connection, Packet.PubRec answer) {
        OutgoingMessages outgoing = connection.session().outgoing();
        if (answer.reason().isFailure()) {
            done(connection, answer.packetId());
        } else {
            boolean known = outgoing.received(answer.packetId());
            connection.send(new Packet.PubRel(answer.packetId(), found(connection, known)));
        }
    }

    private static MqttReason found(ClientConnection connection, boolean known) {
        return known || !connection.version().hasProperties() ? MqttReason.SUCCESS : PACKET_IDENTIFIER_NOT_FOUND;
    }

    /** PUBACK or PUBCOMP came. */
    void acknowledged(ClientConnection connection, int packetId) {
        if (faults.dropsAcknowledgementsNow()) {
            connection.session().outgoing().settled(packetId);
        } else {
            done(connection, packetId);
        }
    }

    private static void done(ClientConnection connection, int packetId) {
        connection.session().outgoing().acknowledged(packetId);
        connection.session().sendWaiting();
    }
}
