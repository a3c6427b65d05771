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

    PublishHandler(MessageRouter router) {
        this.router = router;
    }

    void publish(ClientConnection connection, Packet.Publish packet) {
        Packet.Publish message = withTopic(connection, packet);
        ClientSession session = connection.session();
        switch (message.qos()) {
            case AT_MOST_ONCE -> {
                boolean unused = router.publish(message, session);
            }
            case AT_LEAST_ONCE ->
                connection.send(
                        new Packet.PubAck(message.packetId(), reason(connection, router.publish(message, session))));
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
        MqttReason reason = isNew ? reason(connection, router.publish(message, session)) : MqttReason.SUCCESS;
        connection.send(new Packet.PubRec(message.packetId(), reason));
    }

    private static MqttReason reason(ClientConnection connection, boolean anySubscribers) {
        return anySubscribers || !connection.version().hasProperties() ? MqttReason.SUCCESS : NO_MATCHING_SUBSCRIBERS;
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
        connection.send(new Packet.PubComp(release.packetId(), found(connection, known)));
    }

    void received(ClientConnection connection, Packet.PubRec answer) {
        OutgoingMessages outgoing = connection.session().outgoing();
        if (answer.reason().isFailure()) {
            acknowledged(connection, answer.packetId());
        } else {
            boolean known = outgoing.received(answer.packetId());
            connection.send(new Packet.PubRel(answer.packetId(), found(connection, known)));
        }
    }

    private static MqttReason found(ClientConnection connection, boolean known) {
        return known || !connection.version().hasProperties() ? MqttReason.SUCCESS : PACKET_IDENTIFIER_NOT_FOUND;
    }

    /** The flow of a message to the client is over. */
    void acknowledged(ClientConnection connection, int packetId) {
        connection.session().outgoing().acknowledged(packetId);
        connection.session().sendWaiting();
    }
}
