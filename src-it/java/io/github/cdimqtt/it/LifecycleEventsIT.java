package io.github.cdimqtt.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cdimqtt.Mqtt;
import io.github.cdimqtt.MqttBroker;
import io.github.cdimqtt.MqttEvent;
import io.github.cdimqtt.MqttLog;
import io.github.cdimqtt.MqttTopic;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.broker.Proxy;
import io.github.cdimqtt.broker.SharedBroker;
import io.github.cdimqtt.broker.TestBroker;
import io.github.cdimqtt.support.QuietLog;
import io.github.cdimqtt.support.Recorder;
import io.github.cdimqtt.support.TestContainer;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Inject;
import java.net.ConnectException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The lifecycle events of a connection: when they are fired, their content, and their observers. */
@ExtendWith({QuietLog.class, SharedBroker.class})
class LifecycleEventsIT {

    private static final Duration SOON = Duration.ofSeconds(10);

    @ApplicationScoped
    static class Sensor extends Recorder<String> {

        void on(@Observes @MqttTopic(value = "events/in", qos = Qos.AT_LEAST_ONCE) int value) {
            record("value " + value);
        }
    }

    /** Records the state of the connection at the moment of the event. */
    @ApplicationScoped
    static class Onlooker extends Recorder<String> {

        @Inject
        Mqtt mqtt;

        void up(@Observes MqttEvent.Connected event) {
            record("connected " + mqtt.isConnected() + " "
                    + mqtt.subscriptions().keySet());
        }
    }

    @ApplicationScoped
    static class AsyncOnlooker extends Recorder<MqttEvent> {

        void up(@ObservesAsync MqttEvent.Connected event) {
            record(event);
        }

        void any(@ObservesAsync MqttEvent event) {
            record(event);
        }
    }

    @ApplicationScoped
    static class SecondOnly extends Recorder<MqttEvent> {

        void second(@Observes @MqttBroker("second") MqttEvent.Connected event) {
            record(event);
        }
    }

    @ApplicationScoped
    static class Faulty {

        void first(@Observes @Priority(1) MqttEvent event) {
            throw new IllegalStateException("observers are kept apart");
        }

        void first(@Observes @Priority(1) MqttLog line) {
            throw new IllegalStateException("observers are kept apart");
        }
    }

    @Test
    void connected_isFired_whenTheSubscriptionsAreAnswered(TestBroker broker) {
        try (TestContainer container = TestContainer.start(
                Keys.of(broker, "client-id", "events-1"), Sensor.class, Onlooker.class, DebugRecorder.class)) {
            await().until(container.get(Onlooker.class)::recorded, List.of("connected true [events/in]")::equals);
            await().until(
                            container.get(DebugRecorder.class)::events,
                            List.of(
                                            new MqttEvent.Subscribed("default", "events/in", Qos.AT_LEAST_ONCE),
                                            new MqttEvent.Connected("default", "events-1", broker.url(), false, false))
                                    ::equals);
        }
    }

    @Test
    void connected_reportsAKeptSession_andAReconnect(TestBroker broker) {
        try (Proxy proxy = Proxy.to(broker.port());
                TestContainer container = TestContainer.start(
                        Keys.of(
                                proxy.url(),
                                "client-id",
                                "events-2",
                                "clean-session",
                                "false",
                                "reconnect.min-delay",
                                "50ms"),
                        DebugRecorder.class)) {
            proxy.cut();
            DebugRecorder recorder = container.get(DebugRecorder.class);
            await().until(() -> recorder.events(MqttEvent.Connected.class).size() == 2);
            assertThat(recorder.events()).hasSize(3);
            assertThat(recorder.events().get(1)).isInstanceOfSatisfying(MqttEvent.Disconnected.class, lost -> {
                assertThat(lost.requested()).isFalse();
                assertThat(lost.cause()).hasMessageContaining(proxy.url()).hasMessageContaining("closed");
            });
            assertThat(recorder.events().get(2))
                    .isEqualTo(new MqttEvent.Connected("default", "events-2", proxy.url(), true, true));
        }
    }

    @Test
    void connectFailed_hasTheReason_andTheDelay() {
        try (TestBroker broker = TestBroker.launch()) {
            broker.stop();
            try (TestContainer container = TestContainer.start(
                    Keys.of(broker, "reconnect.min-delay", "20ms", "reconnect.max-delay", "80ms"),
                    DebugRecorder.class)) {
                DebugRecorder recorder = container.get(DebugRecorder.class);
                await().until(() -> recorder.events(MqttEvent.ConnectFailed.class), failures -> failures.size() >= 4);
                List<MqttEvent.ConnectFailed> failures =
                        recorder.events(MqttEvent.ConnectFailed.class).subList(0, 4);
                assertThat(failures)
                        .extracting(MqttEvent.ConnectFailed::attempt)
                        .containsExactly(1, 2, 3, 4);
                assertThat(failures).allSatisfy(failure -> {
                    assertThat(failure.serverUri()).isEqualTo(broker.url());
                    assertThat(failure.cause())
                            .hasMessage("connection refused by " + broker.url() + ": nothing listens there")
                            .hasCauseInstanceOf(ConnectException.class);
                });
                List<Long> delays = failures.stream()
                        .map(failure -> failure.nextDelay().toMillis())
                        .toList();
                assertThat(delays.get(0)).isBetween(20L, 40L);
                assertThat(delays.get(1)).isBetween(40L, 80L);
                assertThat(delays.get(2)).isBetween(40L, 80L);
            }
        }
    }

    @Test
    void events_areFiredInOrder_toSyncAndAsyncObservers(TestBroker broker) {
        try (TestContainer container = TestContainer.start(
                Keys.of(broker, "client-id", "events-3"), DebugRecorder.class, AsyncOnlooker.class)) {
            Mqtt mqtt = container.get(Mqtt.class);
            assertThat(mqtt.subscribe("events/order", Qos.EXACTLY_ONCE)).succeedsWithin(SOON);
            MqttEvent.Published published = mqtt.publish("events/order", "x", Qos.AT_LEAST_ONCE)
                    .toCompletableFuture()
                    .join();
            assertThat(published.messageId()).isPositive();
            assertThat(mqtt.unsubscribe("events/order")).succeedsWithin(SOON);
            assertThat(mqtt.disconnect()).succeedsWithin(SOON);
            MqttEvent connected = new MqttEvent.Connected("default", "events-3", broker.url(), false, false);
            List<MqttEvent> expected = List.of(
                    connected,
                    new MqttEvent.Subscribed("default", "events/order", Qos.EXACTLY_ONCE),
                    published,
                    new MqttEvent.Unsubscribed("default", "events/order"),
                    new MqttEvent.Disconnected("default", true, null));
            await().until(container.get(DebugRecorder.class)::events, expected::equals);
            await().untilAsserted(() -> {
                List<MqttEvent> async = container.get(AsyncOnlooker.class).recorded();
                assertThat(async).hasSize(6).containsAll(expected);
                assertThat(async).filteredOn(connected::equals).hasSize(2);
            });
        }
    }

    @Test
    void observerOfABroker_observesThatOneOnly_othersAll(TestBroker broker) {
        Map<String, String> keys = Keys.and(
                Keys.of(broker, "client-id", "events-4"), Keys.named("second", broker.url(), "client-id", "events-5"));
        try (TestContainer container = TestContainer.start(keys, SecondOnly.class, Sensor.class, DebugRecorder.class)) {
            MqttEvent second = new MqttEvent.Connected("second", "events-5", broker.url(), false, false);
            MqttEvent first = new MqttEvent.Connected("default", "events-4", broker.url(), false, false);
            await().untilAsserted(
                            () -> assertThat(container.get(DebugRecorder.class).events(MqttEvent.Connected.class))
                                    .map(MqttEvent.class::cast)
                                    .containsExactlyInAnyOrder(first, second));
            await().until(container.get(SecondOnly.class)::recorded, List.of(second)::equals);
        }
    }

    @Test
    void failingObserver_doesNotAffectTheOthers(TestBroker broker) {
        try (TestContainer container =
                TestContainer.start(Keys.of(broker), Faulty.class, Sensor.class, Onlooker.class, DebugRecorder.class)) {
            await().until(() -> container.get(DebugRecorder.class).events().size() == 2);
            await().until(() -> !container.get(Onlooker.class).recorded().isEmpty());
            await().until(() -> !container.get(DebugRecorder.class).lines().isEmpty());
            assertThat(container.get(Mqtt.class).publish("events/in", 1, Qos.AT_LEAST_ONCE))
                    .succeedsWithin(SOON);
            await().until(container.get(Sensor.class)::recorded, List.of("value 1")::equals);
        }
    }
}
