package io.github.cdimqtt.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cdimqtt.Mqtt;
import io.github.cdimqtt.MqttEvent;
import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.MqttMessage;
import io.github.cdimqtt.MqttTopic;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.TopicParam;
import io.github.cdimqtt.broker.ArtemisBroker;
import io.github.cdimqtt.broker.SecuredBroker;
import io.github.cdimqtt.support.EventRecorder;
import io.github.cdimqtt.support.QuietLog;
import io.github.cdimqtt.support.Recorder;
import io.github.cdimqtt.support.TestContainer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Filters that overlap, on Artemis: it sends a copy of a message for each subscription, Mosquitto one for all. */
@ExtendWith({QuietLog.class, SecuredBroker.class})
class OverlappingFiltersIT {

    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Duration BRIEFLY = Duration.ofMillis(300);

    @ApplicationScoped
    static class House extends Recorder<String> {

        void all(@Observes @MqttTopic("house/#") MqttMessage message) {
            record("all " + message.text() + " QoS " + message.qos().level());
        }

        void room(@Observes @MqttTopic("house/{room}/temp") String text, @TopicParam("room") String room) {
            record("room " + text + " " + room);
        }

        void kitchen(@Observes @MqttTopic(value = "house/kitchen/temp", qos = Qos.AT_LEAST_ONCE) String text) {
            record("kitchen " + text);
        }

        void any(@Observes MqttMessage message) {
            record("any " + message.text());
        }
    }

    @ApplicationScoped
    static class Street extends Recorder<String> {

        void all(@Observes @MqttTopic(SecuredBroker.CLOSED_FILTER) String text) {
            record("all " + text);
        }

        void number(@Observes @MqttTopic("street/{number}/door") String text) {
            record("number " + text);
        }

        void first(@Observes @MqttTopic("street/1/door") String text) {
            record("first " + text);
        }
    }

    @ApplicationScoped
    static class Cross extends Recorder<String> {

        void row(@Observes @MqttTopic("cross/+/c") String text) {
            record("row " + text);
        }

        void column(@Observes @MqttTopic("cross/b/+") String text) {
            record("column " + text);
        }
    }

    @ApplicationScoped
    static class Shared extends Recorder<String> {

        void job(@Observes @MqttTopic("$share/workers/jobs/{name}") String text, @TopicParam("name") String name) {
            record(name + " " + text);
        }
    }

    @Test
    void overlappingObservers_receiveEachMessageOnce_withTheHighestQos(ArtemisBroker broker) {
        try (TestContainer container = TestContainer.start(Keys.secured(broker), House.class)) {
            Mqtt mqtt = container.get(Mqtt.class);
            assertThat(mqtt.subscriptions())
                    .containsOnlyKeys("house/#", "house/+/temp", "house/kitchen/temp")
                    .containsEntry("house/#", Qos.AT_LEAST_ONCE);
            publish(mqtt, "house/kitchen/temp", "21");
            House house = container.get(House.class);
            await().during(BRIEFLY).until(() -> house.recorded().size() == 4);
            assertThat(house.recorded())
                    .containsExactlyInAnyOrder("all 21 QoS 1", "room 21 kitchen", "kitchen 21", "any 21");
            assertThat(mqtt.metrics().received()).isOne();
        }
    }

    @Test
    void refusedCoveringFilter_isReplacedByTheFiltersItCovers(ArtemisBroker broker) {
        try (TestContainer container = TestContainer.start(Keys.secured(broker), Street.class, DebugRecorder.class)) {
            Mqtt mqtt = container.get(Mqtt.class);
            assertThat(mqtt.subscriptions()).containsOnlyKeys("street/+/door", "street/1/door");
            await().untilAsserted(
                            () -> assertThat(container.get(DebugRecorder.class).events())
                                    .contains(
                                            EventRecorder.refused("street/#"),
                                            new MqttEvent.Subscribed("default", "street/+/door", Qos.AT_MOST_ONCE)));
            publish(mqtt, "street/1/door", "open");
            // It matches the refused filter, so the observer of that one is called too.
            await().during(BRIEFLY)
                    .until(() -> container.get(Street.class).recorded().size() == 3);
            assertThat(container.get(Street.class).recorded())
                    .containsExactlyInAnyOrder("all open", "number open", "first open");
        }
    }

    @Test
    void coveringFilter_subscribedAndUnsubscribed_neverDuplicatesOrLosesAMessage(ArtemisBroker broker) {
        try (TestContainer container = TestContainer.start(Keys.secured(broker), Cross.class)) {
            Mqtt mqtt = container.get(Mqtt.class);
            assertThat(mqtt.subscribe("cross/#")).succeedsWithin(SOON);
            publish(mqtt, "cross/x/c", "covered");
            assertThat(mqtt.unsubscribe("cross/#")).succeedsWithin(SOON);
            assertThat(mqtt.subscriptions()).containsOnlyKeys("cross/+/c", "cross/b/+");
            publish(mqtt, "cross/x/c", "own");
            publish(mqtt, "cross/x/d", "nobody's");
            assertThat(mqtt.subscribe("cross/#")).succeedsWithin(SOON);
            publish(mqtt, "cross/x/c", "covered again");
            await().during(BRIEFLY)
                    .until(
                            container.get(Cross.class)::recorded,
                            List.of("row covered", "row own", "row covered again")::equals);
            assertThat(mqtt.metrics().received()).isEqualTo(3);
        }
    }

    @Test
    void overlappingFiltersWithoutCovering_deliverAMessageEach(ArtemisBroker broker) {
        Map<String, String> settings = Keys.secured(broker);
        if (TestContainer.isMqtt5()) {
            settings.put("mqtt.topic-alias-maximum", "0"); // Artemis may send one before its topic here
        }
        try (TestContainer container = TestContainer.start(settings, Cross.class)) {
            Mqtt mqtt = container.get(Mqtt.class);
            publish(mqtt, "cross/b/c", "x");
            await().during(BRIEFLY).until(() -> mqtt.metrics().handled() == 2);
            assertThat(container.get(Cross.class).recorded())
                    .containsExactlyInAnyOrder("row x", "column x", "row x", "column x");
        }
    }

    @Test
    void sharedFilter_deliversEachMessageOnce_andMayNotOverlap(ArtemisBroker broker) {
        try (TestContainer container = TestContainer.start(Keys.secured(broker), Shared.class)) {
            Mqtt mqtt = container.get(Mqtt.class);
            publish(mqtt, "jobs/sweep", "now");
            await().during(BRIEFLY).until(container.get(Shared.class)::recorded, List.of("sweep now")::equals);
            assertThat(mqtt.subscribe("jobs/#"))
                    .failsWithin(SOON)
                    .withThrowableThat()
                    .havingCause()
                    .isInstanceOf(MqttException.class)
                    .withMessageContainingAll("$share/workers/jobs/+", "jobs/#", "@MqttBroker");
        }
    }

    private static void publish(Mqtt mqtt, String topic, String text) {
        assertThat(mqtt.publish(topic, text, Qos.AT_LEAST_ONCE)).succeedsWithin(SOON);
    }
}
