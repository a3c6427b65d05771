package io.github.cdimqtt.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cdimqtt.Mqtt;
import io.github.cdimqtt.MqttMessage;
import io.github.cdimqtt.MqttTopic;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.broker.MosquittoBroker;
import io.github.cdimqtt.support.QuietLog;
import io.github.cdimqtt.support.Recorder;
import io.github.cdimqtt.support.Statement;
import io.github.cdimqtt.support.TestContainer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Filters that overlap on MQTT 5, on Mosquitto, which sends a copy for each with its identifier. */
@EnabledIf(
        value = "io.github.cdimqtt.broker.MosquittoBroker#isInstalled",
        disabledReason = "Mosquitto is not installed")
@ExtendWith(QuietLog.class)
class SubscriptionIdentifiersIT {
    private static final int MESSAGES = 200;
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Duration BRIEFLY = Duration.ofMillis(1_500); // longer than a copy waits for another

    @ApplicationScoped
    static class Crossing extends Recorder<String> {
        void row(@Observes @MqttTopic(value = "cross/+/c", qos = Qos.AT_LEAST_ONCE) MqttMessage message) {
            record("row " + message.qos().level());
        }

        void column(@Observes @MqttTopic(value = "cross/b/+", qos = Qos.EXACTLY_ONCE) MqttMessage message) {
            record("column " + message.qos().level());
        }

        void plane(@Observes @MqttTopic("+/b/c") MqttMessage message) {
            record("plane " + message.qos().level());
        }
    }

    private static TestContainer start(MosquittoBroker broker, String identifiers) {
        return TestContainer.start(
                Map.of(
                        "mqtt.broker-url",
                        broker.url(),
                        "mqtt.protocol-version",
                        "5",
                        "mqtt.library",
                        "direct",
                        "mqtt.subscription-identifiers",
                        identifiers),
                Crossing.class);
    }

    /** All messages are equal. */
    @Statement({"MQTT-3.3.4-2", "MQTT-3.3.4-3", "MQTT-3.3.4-4", "MQTT-3.3.4-5"})
    @ParameterizedTest
    @EnumSource(Qos.class)
    void message_callsEachObserverOnce(Qos qos) {
        try (MosquittoBroker broker = MosquittoBroker.launch();
                TestContainer container = start(broker, "true")) {
            Mqtt mqtt = container.get(Mqtt.class);
            List<CompletableFuture<?>> published = new ArrayList<>();
            for (int i = 0; i < MESSAGES; i++) { // more than Mosquitto sends at a time
                published.add(mqtt.publish("cross/b/c", "on", qos).toCompletableFuture());
            }
            assertThat(published).allSatisfy(each -> assertThat(each).succeedsWithin(SOON));
            Crossing crossing = container.get(Crossing.class);
            await().during(BRIEFLY).until(() -> crossing.recorded().size() == 3 * MESSAGES);
            assertThat(Collections.frequency(crossing.recorded(), "row " + qos.level()))
                    .isEqualTo(MESSAGES);
            assertThat(Collections.frequency(crossing.recorded(), "column " + qos.level()))
                    .isEqualTo(MESSAGES);
            assertThat(mqtt.metrics().received()).isEqualTo(3 * MESSAGES);
            assertThat(mqtt.metrics().acknowledged()).isEqualTo(acknowledged(qos));
        }
    }

    /** The copies have the QoS of their filters: 1, 2 and 0. */
    private static int acknowledged(Qos qos) {
        return qos == Qos.AT_MOST_ONCE ? 0 : 2 * MESSAGES;
    }

    @Test
    void message_callsEachObserverThreeTimes_withoutIdentifiers() {
        try (MosquittoBroker broker = MosquittoBroker.launch();
                TestContainer container = start(broker, "false")) {
            assertThat(container.get(Mqtt.class).publish("cross/b/c", "on", Qos.AT_LEAST_ONCE))
                    .succeedsWithin(SOON);
            Crossing crossing = container.get(Crossing.class);
            await().during(BRIEFLY).until(() -> crossing.recorded().size() == 9);
            assertThat(crossing.recorded()).contains("row 1", "column 1", "plane 0");
        }
    }
}
