package io.github.cdimqtt.internal.session;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.MqttProperties;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.packet.BrokerTerms;
import io.github.cdimqtt.internal.packet.Packet;
import java.io.EOFException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A session on MQTT 5 that asks, and a broker that answers as the test says. */
final class RequestFixture {
    static final String REPLY_TOPIC = "answers/me";

    final SessionFixture session;

    RequestFixture() {
        this(10_000);
    }

    RequestFixture(int offlineBuffer) {
        session = new SessionFixture(MqttConfig.builder()
                .protocolVersion("5")
                .sessionExpiry(Duration.ofMinutes(10))
                .replyTopic(REPLY_TOPIC)
                .requestTimeout(Duration.ofSeconds(10))
                .offlineBuffer(offlineBuffer)
                .reconnect(delay -> delay.minDelay(Duration.ofSeconds(1))));
    }

    /** Opens the session. */
    FakeChannel connected() {
        return connected(new BrokerTerms());
    }

    FakeChannel connected(BrokerTerms terms) {
        session.session.connect();
        session.channels.last().receive(terms.accepted(false));
        return session.channels.last();
    }

    /** Loses the connection and opens the next one. */
    FakeChannel reconnected(FakeChannel lost, boolean sessionPresent) {
        lost.lose(new EOFException());
        FakeChannel next = session.nextAttempt();
        next.receive(new BrokerTerms().accepted(sessionPresent));
        return next;
    }

    CompletableFuture<Packet.Publish> request(String topic) {
        return session.session.request(SessionFixture.message(topic, Qos.AT_LEAST_ONCE));
    }

    /** Returns the answer to a request, as the broker sends it. */
    static Packet.Publish answer(Packet.Publish request, int packetId, String text) {
        return answer(request, packetId, text, List.of());
    }

    /** Returns a message as one of QoS 2. */
    static Packet.Publish exactlyOnce(Packet.Publish message) {
        return new Packet.Publish(
                message.topic(),
                message.payload(),
                Qos.EXACTLY_ONCE,
                false,
                false,
                message.packetId(),
                message.properties(),
                0,
                message.subscriptionIdentifiers());
    }

    static Packet.Publish answer(Packet.Publish request, int packetId, String text, List<Integer> identifiers) {
        MqttProperties properties = MqttProperties.builder()
                .correlationData(request.properties().correlationData())
                .build();
        return message(request.properties().responseTopic(), packetId, text, properties, identifiers);
    }

    static Packet.Publish message(String topic, int packetId, String text, MqttProperties properties) {
        return message(topic, packetId, text, properties, List.of());
    }

    private static Packet.Publish message(
            String topic, int packetId, String text, MqttProperties properties, List<Integer> identifiers) {
        return new Packet.Publish(
                topic, UTF_8.encode(text), Qos.AT_LEAST_ONCE, false, false, packetId, properties, 0, identifiers);
    }
}
