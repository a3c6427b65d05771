package io.github.cdimqtt.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cdimqtt.Mqtt;
import io.github.cdimqtt.MqttEvent;
import io.github.cdimqtt.MqttLog;
import io.github.cdimqtt.MqttTopic;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.broker.ArtemisBroker;
import io.github.cdimqtt.broker.RawClient;
import io.github.cdimqtt.broker.SecuredBroker;
import io.github.cdimqtt.broker.SharedBroker;
import io.github.cdimqtt.broker.TestBroker;
import io.github.cdimqtt.support.EventRecorder;
import io.github.cdimqtt.support.QuietLog;
import io.github.cdimqtt.support.Recorder;
import io.github.cdimqtt.support.TestContainer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Events of failed subscriptions and messages, while the connection remains. */
@ExtendWith({QuietLog.class, SharedBroker.class, SecuredBroker.class})
class MessageEventsIT {

    private static final Duration SOON = Duration.ofSeconds(10);

    @ApplicationScoped
    static class Thief {

        void gold(@Observes @MqttTopic("vault/gold") String text) {
            throw new AssertionError("the broker should have kept " + text);
        }
    }

    @ApplicationScoped
    static class Sensor extends Recorder<String> {

        void on(@Observes @MqttTopic(value = "message-events/in", qos = Qos.AT_LEAST_ONCE) int value) {
            record("value " + value);
            if (value < 0) {
                throw new IllegalArgumentException("below zero");
            }
        }
    }

    /** Is busy with its first message until it is released. */
    @ApplicationScoped
    static class Busy extends Recorder<String> {

        private final CountDownLatch letGo = new CountDownLatch(1);

        void on(@Observes @MqttTopic("message-events/flood") String text) throws InterruptedException {
            letGo.await();
            record(text);
        }

        void letGo() {
            letGo.countDown();
        }
    }

    @Test
    void refusedSubscription_isFired_withoutSubscribedAndWithoutDisconnect(ArtemisBroker secured) {
        try (TestContainer container = TestContainer.start(Keys.secured(secured), DebugRecorder.class)) {
            Mqtt mqtt = container.get(Mqtt.class);
            assertThat(mqtt.subscribe(SecuredBroker.CLOSED + "/gold"))
                    .failsWithin(SOON)
                    .withThrowableThat()
                    .havingCause()
                    .withMessage("the broker refused the subscription to 'vault/gold' ("
                            + EventRecorder.refused("vault/gold").reason()
                            + "); check the permissions of this client there");
            assertThat(mqtt.subscriptions()).isEmpty();
            assertThat(mqtt.subscribe("message-events/open")).succeedsWithin(SOON);
            await().untilAsserted(() -> assertThat(
                            container.get(DebugRecorder.class).events())
                    .filteredOn(event -> !(event instanceof MqttEvent.Connected))
                    .containsExactly(
                            EventRecorder.refused("vault/gold"),
                            new MqttEvent.Subscribed("default", "message-events/open", Qos.AT_MOST_ONCE)));
        }
    }

    @Test
    void refusedSubscriptionOfAnObserver_isFiredBeforeConnected(ArtemisBroker secured) {
        try (TestContainer container = TestContainer.start(Keys.secured(secured), Thief.class, DebugRecorder.class)) {
            DebugRecorder recorder = container.get(DebugRecorder.class);
            await().untilAsserted(() -> assertThat(recorder.events()).hasSize(2));
            assertThat(recorder.events().get(0)).isEqualTo(EventRecorder.refused("vault/gold"));
            assertThat(recorder.events().get(1)).isInstanceOf(MqttEvent.Connected.class);
            assertThat(container.get(Mqtt.class).isConnected()).isTrue();
        }
    }

    @Test
    void messageFailed_namesObserverAndCause(TestBroker broker) {
        try (TestContainer container = TestContainer.start(Keys.of(broker), Sensor.class, DebugRecorder.class);
                RawClient other = RawClient.connect(broker.url())) {
            other.publish("message-events/in", "-1");
            other.publish("message-events/in", "cold");
            DebugRecorder recorder = container.get(DebugRecorder.class);
            await().until(() -> recorder.events(MqttEvent.MessageFailed.class), failures -> failures.size() == 2);
            List<MqttEvent.MessageFailed> failures = recorder.events(MqttEvent.MessageFailed.class);
            assertThat(failures).allSatisfy(failure -> {
                assertThat(failure.observer()).isEqualTo("Sensor#on(int)");
                assertThat(failure.message().topic()).isEqualTo("message-events/in");
            });
            assertThat(failures.get(0).cause())
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("below zero");
            assertThat(failures.get(1).cause()).hasMessageContaining("int").hasMessageNotContaining("cold");
            assertThat(recorder.lines())
                    .filteredOn(line -> line.level() == System.Logger.Level.ERROR)
                    .extracting(MqttLog::text)
                    .hasSize(2)
                    .allMatch(text -> text.contains("Sensor#on") && text.contains("message-events/in"));
        }
    }

    @Test
    void events_areNotDelayedByMessages_andDroppedMessagesAreReported(TestBroker broker) {
        try (TestContainer container = TestContainer.start(
                        Keys.of(broker, "dispatch.queue-capacity", "10", "keepalive", "3s"),
                        Busy.class,
                        DebugRecorder.class);
                RawClient other = RawClient.connect(broker.url())) {
            DebugRecorder recorder = container.get(DebugRecorder.class);
            await().until(() -> {
                other.publish("message-events/flood", "drop".getBytes(UTF_8), 0, false);
                return !recorder.events(MqttEvent.MessageDropped.class).isEmpty();
            });
            MqttEvent.MessageDropped dropped =
                    recorder.events(MqttEvent.MessageDropped.class).get(0);
            assertThat(dropped.topic()).isEqualTo("message-events/flood");
            assertThat(dropped.reason()).contains("dispatch.queue-capacity");
            assertThat(container.get(Busy.class).recorded()).isEmpty();
            assertThat(container.get(Mqtt.class).isConnected()).isTrue();
            container.get(Busy.class).letGo();
            await().until(() -> {
                other.publish("message-events/flood", "after".getBytes(UTF_8), 0, false);
                return container.get(Busy.class).recorded().contains("after");
            });
            assertThat(container.get(Mqtt.class).metrics().dropped()).isPositive();
        }
    }
}
