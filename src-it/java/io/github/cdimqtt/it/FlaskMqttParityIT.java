package io.github.cdimqtt.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cdimqtt.Mqtt;
import io.github.cdimqtt.MqttEvent;
import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.MqttLog;
import io.github.cdimqtt.MqttMessage;
import io.github.cdimqtt.MqttTopic;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.TopicParam;
import io.github.cdimqtt.Unmatched;
import io.github.cdimqtt.broker.RawClient;
import io.github.cdimqtt.broker.SharedBroker;
import io.github.cdimqtt.broker.TestBroker;
import io.github.cdimqtt.support.QuietLog;
import io.github.cdimqtt.support.Recorder;
import io.github.cdimqtt.support.TestContainer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** The features of messages that Flask-MQTT documents: handlers, subscriptions, publishes and their events. */
@ExtendWith({QuietLog.class, SharedBroker.class})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FlaskMqttParityIT {

    private static final Duration SOON = Duration.ofSeconds(10);

    /** {@code @mqtt.on_topic("home/+/temp")}, and a function decorated twice. */
    @ApplicationScoped
    static class TopicHandler extends Recorder<String> {

        void temperature(
                @Observes @MqttTopic("flask/home/{room}/temp") double celsius, @TopicParam("room") String room) {
            record(room + " " + celsius);
        }

        void either(@Observes @MqttTopic("flask/one") @MqttTopic("flask/two") String text) {
            record("either " + text);
        }
    }

    /** {@code @mqtt.on_message()}. */
    @ApplicationScoped
    static class DefaultHandler extends Recorder<String> {

        void rest(@Observes @Unmatched MqttMessage message) {
            record(message.topic() + "=" + message.text() + ", QoS "
                    + message.qos().level());
        }

        List<String> received(String topic) {
            return recorded().stream().filter(each -> each.startsWith(topic)).toList();
        }
    }

    private TestBroker broker;
    private TestContainer container;
    private RawClient other;
    private Mqtt mqtt;

    @BeforeAll
    void start(TestBroker shared) {
        broker = shared;
        other = RawClient.connect(broker.url()).observe("flask/out/#");
        container = TestContainer.start(Keys.of(broker), TopicHandler.class, DefaultHandler.class, DebugRecorder.class);
        mqtt = container.get(Mqtt.class);
    }

    @AfterAll
    void stop() {
        container.close();
        other.close();
    }

    @Test
    void topicHandler_receivesTheMessagesOfItsFilter() {
        other.publish("flask/home/kitchen/temp", "21.5");
        await().until(() -> container.get(TopicHandler.class).recorded().contains("kitchen 21.5"));
    }

    @Test
    void topicHandler_ofTwoTopics_receivesBoth() {
        other.publish("flask/one", "1");
        other.publish("flask/two", "2");
        await().until(() -> container.get(TopicHandler.class).recorded().containsAll(List.of("either 1", "either 2")));
    }

    @Test
    void defaultHandler_receivesOnlyMessagesWithoutTopicHandler() {
        assertThat(mqtt.subscribe("flask/home/#")).succeedsWithin(SOON);
        other.publish("flask/home/cellar/temp", "8");
        other.publish("flask/home/cellar/light", "on");
        await().until(() ->
                container.get(DefaultHandler.class).recorded().contains("flask/home/cellar/light=on, QoS 0"));
        await().until(() -> container.get(TopicHandler.class).recorded().contains("cellar 8.0"));
        assertThat(container.get(DefaultHandler.class).received("flask/home/cellar/temp"))
                .isEmpty();
    }

    @Test
    void subscribe_atRunTime_returnsTheGrantedQos() {
        assertThat(mqtt.subscribe("flask/sub/0")).succeedsWithin(SOON).isEqualTo(Qos.AT_MOST_ONCE);
        assertThat(mqtt.subscribe("flask/sub/2", Qos.EXACTLY_ONCE))
                .succeedsWithin(SOON)
                .isEqualTo(Qos.EXACTLY_ONCE);
        assertThat(mqtt.subscriptions())
                .containsEntry("flask/sub/0", Qos.AT_MOST_ONCE)
                .containsEntry("flask/sub/2", Qos.EXACTLY_ONCE)
                .containsEntry("flask/home/+/temp", Qos.AT_MOST_ONCE);
        other.publish("flask/sub/2", "hello".getBytes(UTF_8), 2, false);
        await().until(() -> container.get(DefaultHandler.class).recorded().contains("flask/sub/2=hello, QoS 2"));
        assertThat(container.get(DebugRecorder.class).events(MqttEvent.Subscribed.class))
                .contains(new MqttEvent.Subscribed("default", "flask/sub/2", Qos.EXACTLY_ONCE));
    }

    @Test
    void subscribe_twice_keepsTheLastQosAcrossReconnects() {
        assertThat(mqtt.subscribe("flask/twice", Qos.EXACTLY_ONCE)).succeedsWithin(SOON);
        assertThat(mqtt.subscribe("flask/twice", Qos.AT_LEAST_ONCE)).succeedsWithin(SOON);
        assertThat(mqtt.subscriptions()).containsEntry("flask/twice", Qos.AT_LEAST_ONCE);
        other.publish("flask/twice", "a".getBytes(UTF_8), 2, false);
        await().until(
                        () -> container.get(DefaultHandler.class).received("flask/twice"),
                        List.of("flask/twice=a, QoS 1")::equals);

        assertThat(mqtt.disconnect()).succeedsWithin(SOON);
        assertThat(mqtt.connect()).succeedsWithin(SOON);
        assertThat(mqtt.subscriptions()).containsEntry("flask/twice", Qos.AT_LEAST_ONCE);
        other.publish("flask/twice", "b".getBytes(UTF_8), 2, false);
        await().until(
                        () -> container.get(DefaultHandler.class).received("flask/twice"),
                        List.of("flask/twice=a, QoS 1", "flask/twice=b, QoS 1")::equals);
    }

    @Test
    void unsubscribe_endsASubscription() {
        assertThat(mqtt.subscribe("flask/unsub/+")).succeedsWithin(SOON);
        assertThat(mqtt.subscribe("flask/mark")).succeedsWithin(SOON);
        assertThat(mqtt.unsubscribe("flask/unsub/+")).succeedsWithin(SOON);
        assertThat(mqtt.subscriptions()).doesNotContainKey("flask/unsub/+");
        other.publish("flask/unsub/a", "late");
        other.publish("flask/mark", "end");
        await().until(() -> container.get(DefaultHandler.class).recorded().contains("flask/mark=end, QoS 0"));
        assertThat(container.get(DefaultHandler.class).received("flask/unsub/")).isEmpty();
        await().until(() -> container
                .get(DebugRecorder.class)
                .events()
                .contains(new MqttEvent.Unsubscribed("default", "flask/unsub/+")));
    }

    @Test
    void publish_returnsWhatWasSent_withTheMessageId() {
        assertThat(mqtt.publish("flask/out/q0", "a"))
                .succeedsWithin(SOON)
                .isEqualTo(new MqttEvent.Published("default", "flask/out/q0", Qos.AT_MOST_ONCE, 0));
        for (Qos qos : List.of(Qos.AT_LEAST_ONCE, Qos.EXACTLY_ONCE)) {
            String topic = "flask/out/q" + qos.level();
            MqttEvent.Published published =
                    mqtt.publish(topic, "a", qos).toCompletableFuture().join();
            assertThat(published.messageId()).isBetween(1, 65_535);
            assertThat(published.topic()).isEqualTo(topic);
            await().until(() -> container.get(DebugRecorder.class).events().contains(published));
            await().until(() ->
                    other.received().contains(new RawClient.Received(topic, "a", qos.level(), false, false)));
        }
    }

    @Test
    void publish_toAWrongTopic_failsItsStage_andTheConnectionRemains() {
        assertThat(mqtt.publish("flask/out/#", "a"))
                .failsWithin(SOON)
                .withThrowableThat()
                .havingCause()
                .isInstanceOf(MqttException.class)
                .withMessageContaining("flask/out/#");
        assertThat(mqtt.isConnected()).isTrue();
    }

    @Test
    void publish_acceptsNumbersTextBytesAndNull() {
        Map<String, Object> payloads = Map.of(
                "flask/out/int",
                42,
                "flask/out/double",
                21.5,
                "flask/out/decimal",
                new BigDecimal("1.10"),
                "flask/out/boolean",
                true,
                "flask/out/text",
                "Küche",
                "flask/out/builder",
                new StringBuilder("built"),
                "flask/out/bytes",
                new byte[] {104, 105},
                "flask/out/buffer",
                ByteBuffer.wrap(new byte[] {106}));
        payloads.forEach((topic, payload) ->
                assertThat(mqtt.publish(topic, payload, Qos.AT_LEAST_ONCE)).succeedsWithin(SOON));
        assertThat(mqtt.publish("flask/out/nothing", null, Qos.AT_LEAST_ONCE)).succeedsWithin(SOON);
        Map<String, String> expected = Map.of(
                "flask/out/int", "42",
                "flask/out/double", "21.5",
                "flask/out/decimal", "1.10",
                "flask/out/boolean", "true",
                "flask/out/text", "Küche",
                "flask/out/builder", "built",
                "flask/out/bytes", "hi",
                "flask/out/buffer", "j",
                "flask/out/nothing", "");
        expected.forEach((topic, text) -> await().until(() -> other.texts(topic), List.of(text)::equals));
    }

    @Test
    void log_isObserved_withoutPayloads() {
        other.publish("flask/home/attic/temp", "98.7654321");
        await().until(() -> container.get(TopicHandler.class).recorded().contains("attic 98.7654321"));
        await().untilAsserted(
                        () -> assertThat(container.get(DebugRecorder.class).lines())
                                .anyMatch(line -> line.level() == System.Logger.Level.DEBUG
                                        && line.text().contains("flask/home/attic/temp")));
        List<MqttLog> lines = container.get(DebugRecorder.class).lines();
        assertThat(lines).extracting(MqttLog::text).anyMatch(text -> text.contains("connected to " + broker.url()));
        assertThat(lines.toString()).doesNotContain("98.7654321");
    }
}
