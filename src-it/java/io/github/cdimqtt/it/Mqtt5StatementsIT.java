package io.github.cdimqtt.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cdimqtt.Mqtt;
import io.github.cdimqtt.MqttMessage;
import io.github.cdimqtt.MqttProperties;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.Retained;
import io.github.cdimqtt.broker.Proxy;
import io.github.cdimqtt.broker.RawClient;
import io.github.cdimqtt.broker.SharedBroker;
import io.github.cdimqtt.broker.TestBroker;
import io.github.cdimqtt.support.QuietLog;
import io.github.cdimqtt.support.Statement;
import io.github.cdimqtt.support.TestContainer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Statements of MQTT 5.0 that a broker keeps if it is asked as it must be. */
@ExtendWith({QuietLog.class, SharedBroker.class})
class Mqtt5StatementsIT {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Duration BRIEFLY = Duration.ofMillis(500);
    private static final Duration DELAY = Duration.ofSeconds(2); // of a will

    private final String topic = "statements/" + UUID.randomUUID();
    private final List<MqttMessage> consumed = new CopyOnWriteArrayList<>();

    @ApplicationScoped
    static class Application {
        @Inject
        Mqtt mqtt;
    }

    private static TestContainer start(String url, String... more) {
        Map<String, String> keys = Keys.of(url, more);
        keys.put("mqtt.protocol-version", "5");
        keys.put("mqtt.library", "direct");
        return TestContainer.start(keys, Application.class);
    }

    private void subscribe(TestContainer container, Retained retained) {
        assertThat(container.get(Mqtt.class).subscribe(topic, Qos.AT_LEAST_ONCE, retained, consumed::add))
                .succeedsWithin(SOON);
    }

    private void awaitConsumed(String... texts) {
        await().during(BRIEFLY)
                .atMost(SOON)
                .untilAsserted(
                        () -> assertThat(consumed).extracting(MqttMessage::text).containsExactly(texts));
    }

    @Statement("MQTT-3.8.3-3")
    @Test
    void noLocal_bringsTheMessagesOfOthersAlone(TestBroker broker) {
        try (RawClient other = RawClient.connect(broker.url());
                TestContainer container = start(broker.url(), "no-local", "true")) {
            subscribe(container, Retained.SEND);

            assertThat(container.get(Mqtt.class).publish(topic, "own", Qos.AT_LEAST_ONCE))
                    .succeedsWithin(SOON);
            other.publish(topic, "of another");

            awaitConsumed("of another");
        }
    }

    @Statement("MQTT-3.1.3-9")
    @Test
    void clientThatComesBackWithinTheDelay_hasNoWill(TestBroker broker) {
        try (RawClient witness = RawClient.connect(broker.url()).observe(topic);
                Proxy proxy = Proxy.to(broker.port());
                TestContainer container = start(
                        proxy.url(),
                        "last-will.topic",
                        topic,
                        "last-will.message",
                        "gone",
                        "last-will.delay",
                        DELAY.toSeconds() + "s",
                        "session-expiry",
                        "60s",
                        "reconnect.min-delay",
                        "50ms")) {
            Mqtt mqtt = container.get(Mqtt.class);
            assertThat(mqtt.publish(topic, "before", Qos.AT_LEAST_ONCE)).succeedsWithin(SOON);
            proxy.cut();
            assertThat(mqtt.publish(topic, "after", Qos.AT_LEAST_ONCE)).succeedsWithin(SOON);

            await().during(DELAY.multipliedBy(2))
                    .atMost(SOON)
                    .until(() -> witness.texts(topic).equals(List.of("before", "after")));
        }
    }

    @Statement({"MQTT-3.3.1-9", "MQTT-3.3.1-10", "MQTT-3.3.1-11", "MQTT-3.8.4-4"})
    @Test
    void retainedMessage_comesAsAskedFor(TestBroker broker) {
        try (RawClient other = RawClient.connect(broker.url());
                TestContainer container = start(broker.url())) {
            other.publish(topic, "kept".getBytes(UTF_8), 1, true);

            subscribe(container, Retained.SKIP);
            awaitConsumed();
            assertThat(container.get(Mqtt.class).unsubscribe(topic)).succeedsWithin(SOON);
            subscribe(container, Retained.SEND_IF_NEW);
            awaitConsumed("kept");
            subscribe(container, Retained.SEND_IF_NEW);
            awaitConsumed("kept");
            subscribe(container, Retained.SEND);
            awaitConsumed("kept", "kept");
        }
    }

    @Statement({"MQTT-3.3.1-12", "MQTT-3.3.1-13"})
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void retained_isWhatThePublisherSaid_ifAskedFor(boolean asPublished, TestBroker broker) {
        try (RawClient other = RawClient.connect(broker.url());
                TestContainer container = start(broker.url(), "retain-as-published", String.valueOf(asPublished))) {
            subscribe(container, Retained.SEND);

            other.publish(topic, "live".getBytes(UTF_8), 1, true);

            awaitConsumed("live");
            assertThat(consumed.get(0).retained()).isEqualTo(asPublished);
        }
    }

    @Statement({"MQTT-3.3.2-4", "MQTT-3.3.2-6", "MQTT-3.3.2-15", "MQTT-3.3.2-16", "MQTT-3.3.2-17", "MQTT-3.3.2-18"})
    @Statement("MQTT-3.3.2-20")
    @Test
    void properties_arriveUnaltered(TestBroker broker) {
        MqttProperties sent = MqttProperties.builder()
                .contentType("text/plain; charset=utf-8")
                .responseTopic(topic + "/answer")
                .correlationData(new byte[] {0, -1, 7})
                .expiry(Duration.ofSeconds(60))
                .text(true)
                .user("b", "2")
                .user("a", "")
                .user("b", "1")
                .build();
        try (TestContainer container = start(broker.url())) {
            subscribe(container, Retained.SEND);

            assertThat(container.get(Mqtt.class).publish(topic, "hello", Qos.AT_LEAST_ONCE, false, sent))
                    .succeedsWithin(SOON);

            awaitConsumed("hello");
            MqttProperties received = consumed.get(0).properties();
            assertThat(received.expiry()).isBetween(Duration.ofSeconds(50), Duration.ofSeconds(60));
            assertThat(received.toBuilder().expiry(null).build())
                    .isEqualTo(sent.toBuilder().expiry(null).build());
        }
    }
}
