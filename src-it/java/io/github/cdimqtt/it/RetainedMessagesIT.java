package io.github.cdimqtt.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cdimqtt.Mqtt;
import io.github.cdimqtt.MqttMessage;
import io.github.cdimqtt.MqttTopic;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.broker.RawClient;
import io.github.cdimqtt.broker.SharedBroker;
import io.github.cdimqtt.broker.TestBroker;
import io.github.cdimqtt.support.QuietLog;
import io.github.cdimqtt.support.Recorder;
import io.github.cdimqtt.support.TestContainer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Retained messages reach each subscriber once, when it subscribes, and no other subscriber again. */
@ExtendWith({QuietLog.class, SharedBroker.class})
class RetainedMessagesIT {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Duration BRIEFLY = Duration.ofMillis(500);

    @ApplicationScoped
    static class House extends Recorder<String> {
        void all(@Observes @MqttTopic("${root}/#") MqttMessage message) {
            record(message.text());
        }
    }

    @ApplicationScoped
    static class Kitchen extends Recorder<String> {
        void temp(@Observes @MqttTopic("${root}/kitchen/temp") String text) {
            record(text);
        }

        void any(@Observes MqttMessage message) {
            record("any " + message.text());
        }
    }

    private final String root = "retained-" + UUID.randomUUID();
    private final List<String> consumed = new CopyOnWriteArrayList<>();

    private TestContainer start(TestBroker broker, Class<?>... classes) {
        return TestContainer.start(Keys.and(Keys.of(broker), java.util.Map.of("root", root)), classes);
    }

    private void keep(RawClient client, String topic, String text) {
        client.publish(root + topic, text.getBytes(UTF_8), 1, true);
    }

    private void subscribe(TestContainer container, String filter, Qos qos) {
        assertThat(container.get(Mqtt.class).subscribe(root + filter, qos, message -> consumed.add(message.text())))
                .succeedsWithin(SOON);
    }

    private static void awaitExactly(List<String> expected, Recorder<String> recorder) {
        await().during(BRIEFLY)
                .atMost(SOON)
                .untilAsserted(() -> assertThat(recorder.recorded()).containsExactlyInAnyOrderElementsOf(expected));
    }

    private void awaitConsumed(String... expected) {
        await().during(BRIEFLY)
                .atMost(SOON)
                .untilAsserted(() -> assertThat(consumed).containsExactlyInAnyOrder(expected));
    }

    @Test
    void consumerOfACoveredFilter_receivesRetainedMessages_andTheObserverDoesNotAgain(TestBroker broker) {
        try (RawClient other = RawClient.connect(broker.url())) {
            keep(other, "/kitchen/temp", "20");
            keep(other, "/cellar/temp", "10");
            try (TestContainer container = start(broker, House.class)) {
                awaitExactly(List.of("20", "10"), container.get(House.class));
                keep(other, "/garden/temp", "5");
                awaitExactly(List.of("20", "10", "5"), container.get(House.class));

                subscribe(container, "/kitchen/temp", Qos.AT_MOST_ONCE);
                awaitConsumed("20");
                subscribe(container, "/garden/temp", Qos.EXACTLY_ONCE);
                awaitConsumed("20", "5");
                awaitExactly(List.of("20", "10", "5"), container.get(House.class));

                other.publish(root + "/kitchen/temp", "21");
                awaitConsumed("20", "5", "21");
                awaitExactly(List.of("20", "10", "5", "21"), container.get(House.class));
            }
        }
    }

    @Test
    void consumerOfACoveringFilter_receivesRetainedMessages_andTheObserverDoesNotAgain(TestBroker broker) {
        try (RawClient other = RawClient.connect(broker.url())) {
            keep(other, "/kitchen/temp", "20");
            keep(other, "/cellar/temp", "10");
            try (TestContainer container = start(broker, Kitchen.class)) {
                awaitExactly(List.of("20", "any 20"), container.get(Kitchen.class));

                subscribe(container, "/#", Qos.AT_LEAST_ONCE);
                awaitConsumed("20", "10");
                subscribe(container, "/+/temp", Qos.AT_LEAST_ONCE);
                awaitConsumed("20", "10", "20", "10");
                awaitExactly(List.of("20", "any 20"), container.get(Kitchen.class));
            }
        }
    }

    @Test
    void consumerOfTheSameFilter_receivesRetainedMessages_andTheObserverDoesNotAgain(TestBroker broker) {
        try (RawClient other = RawClient.connect(broker.url())) {
            keep(other, "/kitchen/temp", "20");
            try (TestContainer container = start(broker, Kitchen.class)) {
                awaitExactly(List.of("20", "any 20"), container.get(Kitchen.class));

                subscribe(container, "/kitchen/temp", Qos.AT_MOST_ONCE);
                awaitConsumed("20");
                subscribe(container, "/kitchen/temp", Qos.AT_LEAST_ONCE);
                awaitConsumed("20", "20");
                awaitExactly(List.of("20", "any 20"), container.get(Kitchen.class));
            }
        }
    }

    @Test
    void messagesThatArriveMeanwhile_areReceivedOnceByEach(TestBroker broker) {
        try (RawClient other = RawClient.connect(broker.url());
                TestContainer container = start(broker, House.class)) {
            keep(other, "/kitchen/temp", "0");
            awaitExactly(List.of("0"), container.get(House.class));
            List<String> sent = new CopyOnWriteArrayList<>(List.of("0"));
            for (int i = 1; i < 200; i++) {
                keep(other, "/kitchen/temp", "" + i);
                sent.add("" + i);
                if (i == 100) {
                    container
                            .get(Mqtt.class)
                            .subscribe(root + "/kitchen/+", Qos.AT_LEAST_ONCE, message -> consumed.add(message.text()));
                }
            }
            awaitExactly(sent, container.get(House.class));
            assertThat(consumed).contains("199").doesNotHaveDuplicates();
        }
    }
}
