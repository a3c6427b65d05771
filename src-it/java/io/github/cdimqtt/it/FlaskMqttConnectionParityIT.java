package io.github.cdimqtt.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cdimqtt.Mqtt;
import io.github.cdimqtt.MqttEvent;
import io.github.cdimqtt.MqttMessage;
import io.github.cdimqtt.MqttTopic;
import io.github.cdimqtt.Qos;
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
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The features of connections that Flask-MQTT documents: connect, disconnect, reconnect, last will. */
@ExtendWith({QuietLog.class, SharedBroker.class})
class FlaskMqttConnectionParityIT {

    private static final Duration SOON = Duration.ofSeconds(10);

    @ApplicationScoped
    static class Handler extends Recorder<String> {

        void any(@Observes @MqttTopic(value = "flask-connection/#", qos = Qos.AT_LEAST_ONCE) MqttMessage message) {
            record(message.topic() + "=" + message.text() + (message.retained() ? ", retained" : ""));
        }
    }

    @Test
    void connectAndDisconnect_areObserved(TestBroker broker) {
        try (TestContainer container =
                TestContainer.start(Keys.of(broker, "client-id", "flask-1"), DebugRecorder.class)) {
            DebugRecorder recorder = container.get(DebugRecorder.class);
            MqttEvent.Connected connected = new MqttEvent.Connected("default", "flask-1", broker.url(), false, false);
            await().until(recorder::events, List.of(connected)::equals);
            assertThat(container.get(Mqtt.class).disconnect()).succeedsWithin(SOON);
            await().until(
                            recorder::events,
                            List.of(connected, new MqttEvent.Disconnected("default", true, null))::equals);
            assertThat(container.get(Mqtt.class).isConnected()).isFalse();
        }
    }

    @Test
    void unsubscribeAll_endsEverySubscription_thoseOfHandlersToo(TestBroker broker) {
        try (TestContainer container = TestContainer.start(Keys.of(broker), Handler.class, DebugRecorder.class);
                RawClient other = RawClient.connect(broker.url())) {
            Mqtt mqtt = container.get(Mqtt.class);
            assertThat(mqtt.subscribe("flask-all/a")).succeedsWithin(SOON);
            assertThat(mqtt.unsubscribeAll()).succeedsWithin(SOON);
            assertThat(mqtt.subscriptions()).isEmpty();
            other.publish("flask-connection/silent", "late");
            assertThat(mqtt.subscribe("flask-connection/#", Qos.AT_LEAST_ONCE)).succeedsWithin(SOON);
            other.publish("flask-connection/heard", "again");
            await().until(container.get(Handler.class)::recorded, List.of("flask-connection/heard=again")::equals);
            assertThat(container.get(DebugRecorder.class).events(MqttEvent.Unsubscribed.class))
                    .extracting(MqttEvent.Unsubscribed::filter)
                    .containsExactlyInAnyOrder("flask-connection/#", "flask-all/a");
        }
    }

    @Test
    void connectionLost_isOpenedAgain_withAllSubscriptions(TestBroker broker) {
        try (Proxy proxy = Proxy.to(broker.port());
                TestContainer container = TestContainer.start(
                        Keys.of(proxy.url(), "reconnect.min-delay", "50ms"), Handler.class, DebugRecorder.class);
                RawClient other = RawClient.connect(broker.url())) {
            Mqtt mqtt = container.get(Mqtt.class);
            assertThat(mqtt.subscribe("flask-again")).succeedsWithin(SOON);
            proxy.cut();
            await().until(() -> container.get(DebugRecorder.class).events(MqttEvent.Connected.class).stream()
                    .anyMatch(MqttEvent.Connected::reconnect));
            assertThat(mqtt.subscriptions()).containsOnlyKeys("flask-connection/#", "flask-again");
            other.publish("flask-connection/lost", "found");
            await().until(container.get(Handler.class)::recorded, List.of("flask-connection/lost=found")::equals);
        }
    }

    @Test
    void connectAsync_doesNotDelayTheStart(TestBroker broker) {
        try (Proxy proxy = Proxy.to(broker.port())) {
            proxy.stall();
            try (TestContainer container =
                    TestContainer.start(Keys.of(proxy.url(), "connect-async", "true"), Handler.class)) {
                assertThat(container.get(Mqtt.class).isConnected()).isFalse();
                proxy.forward();
                await().until(container.get(Mqtt.class)::isConnected);
            }
        }
    }

    @Test
    void brokerAbsentAtStart_isFoundWhenItAppears() {
        try (TestBroker broker = TestBroker.launch()) {
            broker.stop();
            try (TestContainer container = TestContainer.start(
                    Keys.of(broker, "reconnect.min-delay", "50ms", "reconnect.max-delay", "200ms"), Handler.class)) {
                Mqtt mqtt = container.get(Mqtt.class);
                assertThat(mqtt.isConnected()).isFalse();
                broker.start();
                await().until(mqtt::subscriptions, subscriptions -> subscriptions.containsKey("flask-connection/#"));
                assertThat(mqtt.publish("flask-connection/late", "but here", Qos.AT_LEAST_ONCE))
                        .succeedsWithin(SOON);
                await().until(
                                container.get(Handler.class)::recorded,
                                List.of("flask-connection/late=but here")::equals);
            }
        }
    }

    @Test
    void retainedMessage_reachesLaterSubscribers_untilItIsRemoved(TestBroker broker) {
        try (TestContainer container = TestContainer.start(Keys.of(broker), Handler.class)) {
            Mqtt mqtt = container.get(Mqtt.class);
            assertThat(mqtt.publish("flask-retained/a", "kept", Qos.AT_LEAST_ONCE, true))
                    .succeedsWithin(SOON);
            Recorder<String> retained = new Recorder<>();
            assertThat(mqtt.subscribe(
                            "flask-retained/a",
                            Qos.AT_LEAST_ONCE,
                            message -> retained.record(message.text() + " " + message.retained())))
                    .succeedsWithin(SOON);
            await().until(retained::recorded, List.of("kept true")::equals);
            assertThat(mqtt.publish("flask-retained/a", null, Qos.AT_LEAST_ONCE, true))
                    .succeedsWithin(SOON);
            await().until(retained::recorded, List.of("kept true", " false")::equals);
            try (RawClient late = RawClient.connect(broker.url()).observe("flask-retained/#")) {
                late.publish("flask-retained/mark", "end");
                await().until(() -> late.texts("flask-retained/mark"), List.of("end")::equals);
                assertThat(late.texts("flask-retained/a")).isEmpty();
            }
        }
    }

    @Test
    void lastWill_isPublished_whenTheConnectionBreaks(TestBroker broker) {
        try (RawClient other = RawClient.connect(broker.url()).observe("flask-will/#");
                Proxy proxy = Proxy.to(broker.port());
                TestContainer container = TestContainer.start(
                        Keys.of(
                                proxy.url(),
                                "last-will.topic",
                                "flask-will/a",
                                "last-will.message",
                                "gone",
                                "last-will.qos",
                                "1",
                                "last-will.retain",
                                "True"),
                        Handler.class)) {
            assertThat(container.get(Mqtt.class).isConnected()).isTrue();
            proxy.cut();
            await().until(
                            other::received,
                            List.of(new RawClient.Received("flask-will/a", "gone", 1, false, false))::equals);
            await().until( // Artemis delivers a retained message before it is kept
                            () -> RawClient.retained(broker.url(), "flask-will/a"),
                            new RawClient.Received("flask-will/a", "gone", 1, true, false)::equals);
            other.publish("flask-will/a", "".getBytes(UTF_8), 1, true);
        }
    }
}
