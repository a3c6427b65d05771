package io.github.cdimqtt.internal.session;

import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.Retained;
import io.github.cdimqtt.internal.packet.BrokerTerms;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.internal.topic.TopicFilter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** A session of MQTT 5 with filters that overlap at the topic {@code a/b/c}, and a broker that the test plays. */
final class OverlapsFixture {
    static final String TOPIC = "a/b/c";
    static final String ONE = "a/+/c";
    static final String TWO = "a/b/+";
    static final String THREE = "+/b/c";

    final SessionFixture session;
    FakeChannel channel;
    private final AtomicInteger packetIds = new AtomicInteger();

    OverlapsFixture() {
        this(MqttConfig.builder());
    }

    OverlapsFixture(MqttConfig.Builder config) {
        session = new SessionFixture(config.protocolVersion("5"));
    }

    /** Subscribes before the connection is opened. */
    OverlapsFixture subscribed(String filter, Qos qos) {
        session.session.subscribe(TopicFilter.of(filter), qos, Retained.SEND, false);
        return this;
    }

    void subscribe(String filter) {
        subscribed(filter, Qos.AT_LEAST_ONCE);
    }

    /** Opens the session with a broker that grants what it is asked for. */
    OverlapsFixture open() {
        session.session.connect();
        accept(false);
        return this;
    }

    /** Accepts the newest attempt. */
    void accept(boolean sessionPresent) {
        channel = session.channels.last();
        channel.receive(new BrokerTerms().accepted(sessionPresent));
        channel.grantAll();
    }

    /** Returns the filters of each SUBSCRIBE on this connection. */
    List<List<String>> requests() {
        return channel.sent(Packet.Subscribe.class).stream()
                .map(each -> each.subscriptions().stream()
                        .map(Packet.Subscription::filter)
                        .toList())
                .toList();
    }

    /** Returns the identifier that a filter was subscribed with on this connection; 0 for none. */
    int identifier(String filter) {
        return identifiers().getOrDefault(filter, 0);
    }

    /** Returns the identifiers by filter. */
    Map<String, Integer> identifiers() {
        return channel.sent(Packet.Subscribe.class).stream()
                .flatMap(each -> each.subscriptions().stream()
                        .map(subscription -> Map.entry(subscription.filter(), each.identifier())))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (first, last) -> last));
    }

    /** Returns a copy of a message to the topic that names filters. */
    Packet.Publish copy(String content, Qos qos, String... filters) {
        List<Integer> named = Arrays.stream(filters).map(this::identifier).toList();
        return copyNaming(content, qos, named);
    }

    Packet.Publish copyNaming(String content, Qos qos, List<Integer> identifiers) {
        Packet.Publish message =
                SessionFixture.inbound(TOPIC, qos, qos == Qos.AT_MOST_ONCE ? 0 : packetIds.incrementAndGet());
        return new Packet.Publish(
                TOPIC,
                ByteBuffer.wrap(content.getBytes(StandardCharsets.UTF_8)),
                qos,
                false,
                false,
                message.packetId(),
                message.properties(),
                0,
                identifiers);
    }

    /** Has a copy arrive. */
    void arrive(String content, Qos qos, String... filters) {
        channel.deliver(copy(content, qos, filters));
    }

    /** Returns the content of the messages that were handled, with the QoS of each. */
    List<String> handled() {
        return session.handled.stream()
                .map(each -> StandardCharsets.UTF_8.decode(each.payload().duplicate()) + " "
                        + each.qos().level())
                .toList();
    }

    /** Returns how often the broker was found not to send all identifiers. */
    long warnings() {
        return session.listener.lines.stream()
                .filter(line -> line.contains("MQTT-132"))
                .count();
    }
}
