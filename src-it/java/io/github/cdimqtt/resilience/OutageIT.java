package io.github.cdimqtt.resilience;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cdimqtt.Mqtt;
import io.github.cdimqtt.MqttMessage;
import io.github.cdimqtt.MqttTopic;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.Retained;
import io.github.cdimqtt.broker.Proxy;
import io.github.cdimqtt.broker.RawClient;
import io.github.cdimqtt.broker.SharedBroker;
import io.github.cdimqtt.broker.TestBroker;
import io.github.cdimqtt.support.QuietLog;
import io.github.cdimqtt.support.Recorder;
import io.github.cdimqtt.support.TestContainer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A session of MQTT 5 that outlives an outage, with a client id that was generated and a broker that stays up. */
@ExtendWith({SharedBroker.class, QuietLog.class})
class OutageIT {
    private static final int MESSAGES = 50; // of each QoS
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Duration BRIEFLY = Duration.ofMillis(500);

    @ApplicationScoped
    static class Post extends Recorder<String> {
        void any(@Observes @MqttTopic(value = "outage/post", qos = Qos.EXACTLY_ONCE) MqttMessage message) {
            record(message.text());
        }
    }

    @ApplicationScoped
    static class Limits extends Recorder<String> {
        void any(
                @Observes @MqttTopic(value = "outage/limit", qos = Qos.AT_LEAST_ONCE, retained = Retained.SEND_IF_NEW)
                        MqttMessage message) {
            record(message.text());
        }
    }

    private static TestContainer start(Proxy proxy, Class<?> observers) {
        return TestContainer.start(
                Map.of(
                        "mqtt.broker-url", proxy.url(),
                        "mqtt.protocol-version", "5",
                        "mqtt.library", "direct",
                        "mqtt.session-expiry", "1m",
                        "mqtt.reconnect.min-delay", "50ms",
                        "mqtt.reconnect.max-delay", "100ms"),
                observers);
    }

    private static void awaitRecorded(Recorder<String> recorder, List<String> expected) {
        await().during(BRIEFLY)
                .atMost(SOON)
                .untilAsserted(() -> assertThat(recorder.recorded()).containsExactlyInAnyOrderElementsOf(expected));
    }

    @Test
    void messagesOfAnOutage_reachObserversOnce(TestBroker broker) {
        try (Proxy proxy = Proxy.to(broker.port());
                RawClient other = RawClient.connect(broker.url());
                TestContainer container = start(proxy, Post.class)) {
            Mqtt mqtt = container.get(Mqtt.class);
            Post post = container.get(Post.class);
            other.publish("outage/post", "before");
            awaitRecorded(post, List.of("before"));
            List<String> expected = new ArrayList<>(List.of("before"));

            proxy.refuse();
            proxy.cut();
            await().atMost(SOON).until(() -> !mqtt.isConnected());
            for (int i = 0; i < MESSAGES; i++) {
                for (int qos = 1; qos <= 2; qos++) {
                    String text = qos + " " + i;
                    other.publish("outage/post", text.getBytes(UTF_8), qos, false);
                    expected.add(text);
                }
            }
            assertThat(post.recorded()).containsExactly("before");
            proxy.forward();

            awaitRecorded(post, expected);
        }
    }

    @Test
    void retainedMessage_comesOnce_overAnOutage(TestBroker broker) {
        try (Proxy proxy = Proxy.to(broker.port());
                RawClient other = RawClient.connect(broker.url())) {
            other.publish("outage/limit", "kept".getBytes(UTF_8), 1, true);
            try (TestContainer container = start(proxy, Limits.class)) {
                Mqtt mqtt = container.get(Mqtt.class);
                Limits limits = container.get(Limits.class);
                awaitRecorded(limits, List.of("kept"));

                proxy.cut();
                await().atMost(SOON).until(() -> mqtt.metrics().reconnects() == 1 && mqtt.isConnected());
                other.publish("outage/limit", "new");

                awaitRecorded(limits, List.of("kept", "new"));
            } finally {
                other.publish("outage/limit", new byte[0], 1, true);
            }
        }
    }
}
