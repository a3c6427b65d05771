package io.github.cdimqtt.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cdimqtt.Mqtt;
import io.github.cdimqtt.MqttEvent;
import io.github.cdimqtt.MqttLog;
import io.github.cdimqtt.MqttReason;
import io.github.cdimqtt.MqttTopic;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.support.EventRecorder;
import io.github.cdimqtt.support.QuietLog;
import io.github.cdimqtt.support.Recorder;
import io.github.cdimqtt.support.TestContainer;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** A broker that refuses a request by closing the connection: only the forbidden request fails. */
@Timeout(120)
@ExtendWith(QuietLog.class)
class StrictBrokerIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Singleton
    static class Lines extends Recorder<String> {
        void log(@Observes MqttLog line) {
            record(line.text());
        }
    }

    @Singleton
    static class Two {
        void allowed(@Observes @MqttTopic("allowed/+") String text) {}

        void forbidden(@Observes @MqttTopic("forbidden/#") String text) {}
    }

    private static TestContainer start(StrictBroker broker, Map<String, String> more, Class<?>... classes) {
        Map<String, String> settings = new java.util.HashMap<>(more);
        settings.put("mqtt.broker-url", broker.url());
        settings.put("mqtt.reconnect.min-delay", "100ms");
        settings.put("mqtt.reconnect.max-delay", "200ms");
        List<Class<?>> all = new ArrayList<>(List.of(classes));
        all.add(Lines.class);
        all.add(EventRecorder.class);
        return TestContainer.start(settings, all.toArray(Class<?>[]::new));
    }

    private static void assertNoRivalIsBlamed(TestContainer application) {
        assertThat(application.get(Lines.class).recorded()).noneMatch(line -> line.contains("MQTT-106"));
    }

    @Test
    void manyUnsubscribes_areDone_alsoWhenTheConnectionIsLostBetween() throws IOException {
        try (StrictBroker broker = new StrictBroker("forbidden");
                TestContainer application =
                        start(broker, Map.of("mqtt.clean-session", "false", "mqtt.client-id", "strict"), Two.class)) {
            Mqtt mqtt = application.get(Mqtt.class);
            await().atMost(PATIENCE).until(mqtt::isConnected);
            List<CompletionStage<?>> stages = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                stages.add(mqtt.subscribe("many/" + i + "/+"));
            }
            for (int i = 0; i < 20; i++) {
                stages.add(mqtt.unsubscribe("many/" + i + "/+"));
            }
            await().atMost(PATIENCE)
                    .until(() -> stages.stream()
                            .allMatch(each -> each.toCompletableFuture().isDone()));
            for (int i = 0; i < 20; i++) {
                stages.add(mqtt.subscribe("more/" + i + "/+"));
            }
            await().atMost(PATIENCE)
                    .until(() -> mqtt.subscriptions().keySet().stream()
                                    .filter(each -> each.startsWith("more"))
                                    .count()
                            == 20);
            broker.cut();
            await().atMost(PATIENCE).until(() -> !mqtt.isConnected());
            CompletionStage<Void> last = mqtt.unsubscribeAll();
            await().atMost(PATIENCE).until(() -> last.toCompletableFuture().isDone());

            assertThat(last.toCompletableFuture()).isCompleted();
            assertThat(broker.requests()).allSatisfy(each -> assertThat(each).hasSizeLessThanOrEqualTo(8));
            assertThat(broker.violations()).hasSize(3 + 1); // once more after the cut
            assertNoRivalIsBlamed(application);
        }
    }

    @Test
    void observerOfAForbiddenFilter_isLeftOut_andTheOtherReceives() {
        try (StrictBroker broker = new StrictBroker("forbidden");
                TestContainer application = start(broker, Map.of(), Two.class)) {
            Mqtt mqtt = application.get(Mqtt.class);
            EventRecorder events = application.get(EventRecorder.class);

            await().atMost(PATIENCE)
                    .until(() -> !events.events(MqttEvent.Connected.class).isEmpty());

            assertThat(mqtt.subscriptions()).containsOnlyKeys("allowed/+");
            assertThat(events.events(MqttEvent.SubscriptionRefused.class))
                    .containsExactly(new MqttEvent.SubscriptionRefused("default", "forbidden/#", new MqttReason(0x80)));
            assertThat(broker.violations()).hasSize(3);
            assertThat(application.get(Lines.class).recorded())
                    .filteredOn(line -> line.contains("MQTT-124"))
                    .singleElement()
                    .asString()
                    .contains("'forbidden/#'");
            assertNoRivalIsBlamed(application);
        }
    }

    @Test
    void subscribeOfAForbiddenFilter_failsItsStage_andTheConnectionContinues() throws IOException {
        try (StrictBroker broker = new StrictBroker("forbidden");
                TestContainer application = start(broker, Map.of())) {
            Mqtt mqtt = application.get(Mqtt.class);
            assertThat(mqtt.subscribe("allowed/#")).succeedsWithin(PATIENCE).isEqualTo(Qos.AT_MOST_ONCE);

            assertThat(mqtt.subscribe("forbidden/+"))
                    .failsWithin(PATIENCE)
                    .withThrowableThat()
                    .withMessageContaining("forbidden/+");

            await().atMost(PATIENCE).until(() -> mqtt.subscriptions().containsKey("allowed/#"));
            int before = broker.accepted();
            broker.cut();
            await().atMost(PATIENCE).until(() -> broker.accepted() > before && mqtt.isConnected());
            assertThat(mqtt.subscribe("allowed/more/+")).succeedsWithin(PATIENCE);
            assertThat(broker.violations()).hasSize(3 + 1); // once more after the cut
            assertNoRivalIsBlamed(application);
        }
    }
}
