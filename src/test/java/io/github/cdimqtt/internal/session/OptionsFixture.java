package io.github.cdimqtt.internal.session;

import static io.github.cdimqtt.Qos.AT_MOST_ONCE;

import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.Retained;
import io.github.cdimqtt.internal.packet.BrokerTerms;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.internal.topic.TopicFilter;
import java.util.concurrent.CompletableFuture;

/** A session of MQTT 5 whose subscriptions have options, and a broker that the test plays. */
final class OptionsFixture {
    final SessionFixture session;

    OptionsFixture() {
        this(MqttConfig.builder());
    }

    OptionsFixture(MqttConfig.Builder config) {
        session = new SessionFixture(config.protocolVersion("5"));
    }

    /** Opens the session with a broker that grants what it is asked for. */
    FakeChannel open() {
        session.session.connect();
        return accept(false);
    }

    /** Accepts the newest attempt. */
    FakeChannel accept(boolean sessionPresent) {
        FakeChannel channel = session.channels.last();
        channel.receive(new BrokerTerms().accepted(sessionPresent));
        channel.grantAll();
        return channel;
    }

    CompletableFuture<Qos> subscribe(String filter, Retained retained, boolean consumer) {
        CompletableFuture<Qos> stage =
                session.session.subscribe(TopicFilter.of(filter), AT_MOST_ONCE, retained, consumer);
        if (session.session.isConnected()) {
            session.channels.last().grantAll();
        }
        return stage;
    }

    /** Returns the retain handling of the newest request for a filter. */
    int handling(String filter) {
        return session.channels.last().sent(Packet.Subscribe.class).stream()
                .flatMap(each -> each.subscriptions().stream())
                .filter(each -> each.filter().equals(filter))
                .reduce((first, last) -> last)
                .orElseThrow()
                .retainHandling();
    }

    /** The broker sends a message with RETAIN. */
    void retained(String topic) {
        Packet.Publish message = SessionFixture.inbound(topic, AT_MOST_ONCE, 0);
        session.channels.last().receive(new Packet.Publish(topic, message.payload(), AT_MOST_ONCE, true, false, 0));
    }
}
