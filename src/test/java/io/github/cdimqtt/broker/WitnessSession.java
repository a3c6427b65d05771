package io.github.cdimqtt.broker;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.handler.codec.mqtt.MqttFixedHeader;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageIdVariableHeader;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttPublishVariableHeader;
import io.netty.handler.codec.mqtt.MqttQoS;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;

/** The session state of a {@link Witness} (MQTT 3.1.1, section 4.3). Confined to one thread. */
final class WitnessSession {

    static final int SUBSCRIBE_ID = 65_535;

    private static final int WINDOW = 100;

    private static final class Outgoing {
        final String topic;
        final byte[] payload;
        final int qos;
        boolean received;

        Outgoing(String topic, byte[] payload, int qos) {
            this.topic = topic;
            this.payload = payload;
            this.qos = qos;
        }
    }

    private final Witness.Listener listener;
    private final Queue<Outgoing> waiting = new ArrayDeque<>();
    private final Map<Integer, Outgoing> inflight = new LinkedHashMap<>();
    private final Map<Integer, String> unreleased = new HashMap<>();
    private Channel channel;
    private int lastId;

    WitnessSession(Witness.Listener listener) {
        this.listener = listener;
    }

    void publish(String topic, byte[] payload, int qos) {
        waiting.add(new Outgoing(topic, payload, qos));
        pump();
    }

    void connected(Channel accepted, boolean sessionPresent) {
        channel = accepted;
        if (!sessionPresent) {
            unreleased.clear();
            inflight.values().forEach(each -> each.received = false);
        }
        inflight.forEach((id, message) -> {
            if (message.received) {
                answer(MqttMessageType.PUBREL, MqttQoS.AT_LEAST_ONCE, id);
            } else {
                send(id, message, sessionPresent);
            }
        });
        pump();
    }

    void lost() {
        channel = null;
    }

    void handle(MqttMessage packet) {
        switch (packet.fixedHeader().messageType()) {
            case PUBLISH -> received((MqttPublishMessage) packet);
            case PUBREL -> {
                unreleased.remove(id(packet));
                answer(MqttMessageType.PUBCOMP, MqttQoS.AT_MOST_ONCE, id(packet));
            }
            case PUBREC -> {
                Outgoing message = inflight.get(id(packet));
                if (message != null) {
                    message.received = true;
                }
                answer(MqttMessageType.PUBREL, MqttQoS.AT_LEAST_ONCE, id(packet));
            }
            case PUBACK, PUBCOMP -> {
                Outgoing message = inflight.remove(id(packet));
                if (message != null) {
                    listener.acknowledged(message.topic, new String(message.payload, UTF_8));
                }
                pump();
            }
            default -> throw new IllegalStateException("not expected: " + packet);
        }
    }

    private void received(MqttPublishMessage packet) {
        int id = packet.variableHeader().packetId();
        boolean exactlyOnce = packet.fixedHeader().qosLevel() == MqttQoS.EXACTLY_ONCE;
        String text = packet.payload().toString(UTF_8);
        // A killed Artemis keeps its sessions, but not their packet identifiers: another text is another message.
        if (!exactlyOnce || !text.equals(unreleased.put(id, text))) {
            listener.received(packet.variableHeader().topicName(), text);
        }
        answer(exactlyOnce ? MqttMessageType.PUBREC : MqttMessageType.PUBACK, MqttQoS.AT_MOST_ONCE, id);
    }

    private void pump() {
        while (channel != null && !waiting.isEmpty() && inflight.size() < WINDOW) {
            do {
                lastId = lastId % (SUBSCRIBE_ID - 1) + 1;
            } while (inflight.containsKey(lastId));
            Outgoing next = waiting.remove();
            inflight.put(lastId, next);
            send(lastId, next, false);
        }
    }

    private void send(int id, Outgoing message, boolean again) {
        MqttFixedHeader header =
                new MqttFixedHeader(MqttMessageType.PUBLISH, again, MqttQoS.valueOf(message.qos), false, 0);
        channel.writeAndFlush(new MqttPublishMessage(
                header, new MqttPublishVariableHeader(message.topic, id), Unpooled.wrappedBuffer(message.payload)));
    }

    private void answer(MqttMessageType type, MqttQoS flags, int id) {
        if (channel != null) {
            channel.writeAndFlush(new MqttMessage(
                    new MqttFixedHeader(type, false, flags, false, 2), MqttMessageIdVariableHeader.from(id)));
        }
    }

    private static int id(MqttMessage packet) {
        return ((MqttMessageIdVariableHeader) packet.variableHeader()).messageId();
    }
}
