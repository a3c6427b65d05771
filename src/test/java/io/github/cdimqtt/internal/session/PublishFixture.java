package io.github.cdimqtt.internal.session;

import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.MqttEvent;
import io.github.cdimqtt.MqttProperties;
import io.github.cdimqtt.MqttReason;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.packet.BrokerTerms;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.internal.packet.Terms;
import io.github.cdimqtt.internal.session.store.MessageStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A session of MQTT 5 that the broker keeps, and what the broker allows on each of its connections. */
final class PublishFixture {
    static final Terms ALL = new BrokerTerms().terms();

    final SessionFixture session;

    PublishFixture() {
        this(config(), MessageStore.NONE);
    }

    PublishFixture(MqttConfig.Builder config, MessageStore store) {
        session = new SessionFixture(config, store);
    }

    static MqttConfig.Builder config() {
        return MqttConfig.builder().protocolVersion("5").cleanSession(false).clientId("me");
    }

    static Terms receiveMaximum(int maximum) {
        return new BrokerTerms().receiveMaximum(maximum).terms();
    }

    static Terms topicAliasMaximum(int maximum) {
        return new BrokerTerms().topicAliasMaximum(maximum).terms();
    }

    static Terms maximumQos(Qos maximum) {
        return new BrokerTerms().maximumQos(maximum).terms();
    }

    static Terms maximumPacketSize(int maximum) {
        return new BrokerTerms().maximumPacketSize(maximum).terms();
    }

    /** Opens the session on a broker that does not know it. */
    FakeChannel connected(Terms terms) {
        session.session.connect();
        return accept(session.channels.last(), false, terms);
    }

    /** Loses the connection, and opens the next one. */
    FakeChannel reconnected(FakeChannel previous, boolean sessionKept, Terms terms) {
        previous.lose(new IOException("gone"));
        return accept(session.nextAttempt(), sessionKept, terms);
    }

    static FakeChannel accept(FakeChannel channel, boolean sessionKept, Terms terms) {
        channel.receive(new Packet.ConnAck(sessionKept, 0, MqttReason.SUCCESS, terms));
        return channel;
    }

    CompletableFuture<MqttEvent.Published> publish(String topic, Qos qos) {
        return session.session.publish(SessionFixture.message(topic, qos));
    }

    CompletableFuture<MqttEvent.Published> publish(String topic, Qos qos, MqttProperties properties) {
        return session.session.publish(message(topic, qos, 0, properties));
    }

    static Packet.Publish message(String topic, Qos qos, int payload, MqttProperties properties) {
        return new Packet.Publish(topic, ByteBuffer.allocate(payload), qos, false, false, 0, properties, 0, List.of());
    }

    static MqttProperties expiry(long seconds) {
        return MqttProperties.builder().expiry(Duration.ofSeconds(seconds)).build();
    }

    /** Returns the lines of the log that have an id. */
    List<String> lines(String id) {
        return session.listener.lines.stream()
                .filter(each -> each.contains(id + ":"))
                .toList();
    }
}
