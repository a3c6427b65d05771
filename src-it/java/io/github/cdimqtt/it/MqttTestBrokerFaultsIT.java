package io.github.cdimqtt.it;

import static io.github.cdimqtt.Qos.AT_LEAST_ONCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.github.cdimqtt.Mqtt;
import io.github.cdimqtt.MqttEvent;
import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.MqttMessage;
import io.github.cdimqtt.MqttReason;
import io.github.cdimqtt.MqttTopic;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.support.PortableOnly;
import io.github.cdimqtt.support.QuietLog;
import io.github.cdimqtt.support.TestContainer;
import io.github.cdimqtt.testing.MqttTestBroker;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a test does to an application with the broker inside the JVM. */
@ExtendWith(QuietLog.class)
@Timeout(60)
class MqttTestBrokerFaultsIT {

    @ApplicationScoped
    static class Listener {
        private final List<String> heard = new CopyOnWriteArrayList<>();

        void on(@Observes @MqttTopic(value = "in", qos = AT_LEAST_ONCE) MqttMessage message) {
            heard.add(message.text() + (message.duplicate() ? " again" : ""));
        }

        void atMostOnce(@Observes @MqttTopic("in0") String text) {
            heard.add(text);
        }

        List<String> heard() {
            return heard;
        }
    }

    @ApplicationScoped
    static class FailingOnce {
        private final AtomicInteger calls = new AtomicInteger();

        @Inject
        Mqtt mqtt;

        void on(@Observes @MqttTopic(value = "order", qos = AT_LEAST_ONCE) String order) {
            if (calls.incrementAndGet() == 1) {
                throw new IllegalStateException("the database is away");
            }
            mqtt.publish("done", order, AT_LEAST_ONCE);
        }
    }

    private static Map<String, String> keys(MqttTestBroker broker, String version, String... more) {
        Map<String, String> keys = Keys.of(broker.toString(), "reconnect.min-delay", "10ms");
        keys.putAll(Keys.of(broker.toString(), more));
        keys.put("mqtt.protocol-version", version);
        return keys;
    }

    private static TestContainer start(MqttTestBroker broker, String version, String... more) {
        TestContainer container = TestContainer.start(keys(broker, version, more), Listener.class, DebugRecorder.class);
        assertThat(container.get(Mqtt.class).isConnected()).isTrue();
        return container;
    }

    @ParameterizedTest
    @ValueSource(strings = {"3.1.1", "5"})
    void observerThatFails_getsTheMessageAgain(String version) {
        MqttTestBroker broker = MqttTestBroker.named("redelivery-" + version);
        Map<String, String> keys = keys(broker, version, "on-failure", "redeliver", "clean-session", "false");
        keys.put("mqtt.client-id", "a");
        try (TestContainer container = TestContainer.start(keys, FailingOnce.class)) {
            assertThat(container.get(Mqtt.class).isConnected()).isTrue();
            assertThat(broker.publishExpectingFailure("order", "17").cause()).hasMessage("the database is away");
            assertThat(broker.published()).isEmpty();
            broker.publish("order", "18"); // waits until the application is back
            assertThat(broker.awaitPublished("done").text()).isEqualTo("17");
            assertThat(broker.awaitPublished("done").text()).isEqualTo("18");
        }
    }

    @ParameterizedTest
    @CsvSource({"3.1.1, true", "3.1.1, false", "5, true", "5, false"})
    void applicationThatWasCutOff_isWaitedFor(String version, boolean clean) {
        MqttTestBroker broker = MqttTestBroker.named("cut-" + version + clean);
        String[] more = {
            "client-id",
            "a",
            "clean-session",
            Boolean.toString(clean),
            "last-will.topic",
            "will",
            "last-will.message",
            "gone"
        };
        try (TestContainer container = start(broker, version, more)) {
            for (int i = 1; i <= 5; i++) {
                broker.disconnect();
                broker.publish(i % 2 == 0 ? "in" : "in0", i);
                assertThat(container.get(Listener.class).heard()).hasSize(i);
                assertThat(broker.published("will")).hasSize(i);
            }
            List<MqttEvent.Disconnected> lost =
                    container.get(DebugRecorder.class).events(MqttEvent.Disconnected.class);
            assertThat(lost)
                    .hasSize(5)
                    .allSatisfy(each -> assertThat(each.requested()).isFalse());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"3.1.1", "5"})
    @PortableOnly // there are two containers, and CDI.current() has one
    void allApplications_areWaitedFor(String version) {
        MqttTestBroker broker = MqttTestBroker.named("all-" + version);
        try (TestContainer one = TestContainer.startApart(keys(broker, version), Listener.class);
                TestContainer two = TestContainer.startApart(
                        keys(broker, version, "reconnect.min-delay", "300ms"), Listener.class)) {
            broker.disconnect();
            broker.publish("in", "x");
            assertThat(one.get(Listener.class).heard()).containsExactly("x");
            assertThat(two.get(Listener.class).heard()).containsExactly("x");
            two.get(Mqtt.class).disconnect().toCompletableFuture().join();
            broker.publish("in", "y");
            assertThat(one.get(Listener.class).heard()).containsExactly("x", "y");
            two.get(Mqtt.class).connect();
            broker.publish("in", "z");
            assertThat(two.get(Listener.class).heard()).containsExactly("x", "z");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "3.1.1, 0x87, not authorised to connect; check user name and password (CONNACK return code 5)",
        "3.1.1, 0x86, wrong user name or password (CONNACK return code 4)",
        "3.1.1, 0x85, the broker refused the client identifier (CONNACK return code 2)",
        "3.1.1, 0x84, the broker does not support MQTT 3.1.1 (CONNACK return code 1)",
        "3.1.1, 0x89, the broker is not available (CONNACK return code 3)",
        "5, 0x89, the broker refused the connection (0x89 server busy)"
    })
    void refusedConnection_isToldInWords(String version, String reason, String words) {
        MqttTestBroker broker = MqttTestBroker.named("refused-" + version + reason);
        try (TestContainer container = start(broker, version)) {
            broker.refuseConnections(new MqttReason(Integer.decode(reason)));
            assertThat(container.get(Mqtt.class).isConnected()).isTrue();
            broker.disconnect();
            DebugRecorder recorder = container.get(DebugRecorder.class);
            await().until(() -> !recorder.events(MqttEvent.ConnectFailed.class).isEmpty());
            assertThat(recorder.events(MqttEvent.ConnectFailed.class).get(0).cause())
                    .hasMessage(broker + ": " + words);
            broker.restore();
            broker.publish("in", "after");
            assertThat(container.get(Listener.class).heard()).containsExactly("after");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"3.1.1", "5"})
    void messagesOfAnOutage_comeAfterIt(String version) {
        MqttTestBroker broker = MqttTestBroker.named("outage-" + version);
        try (TestContainer container = start(broker, version, "client-id", "a", "clean-session", "false")) {
            broker.refuseConnections(new MqttReason(0x88));
            broker.disconnect();
            broker.publish("in", "during"); // waits for nobody
            assertThat(container.get(Listener.class).heard()).isEmpty();
            assertThat(broker.sessions())
                    .extracting(MqttTestBroker.Session::connected, MqttTestBroker.Session::waiting)
                    .containsExactly(tuple(false, 1));
            broker.restore();
            broker.publish("in", "after");
            assertThat(container.get(Listener.class).heard()).containsExactly("during", "after");
        }
    }

    @ParameterizedTest
    @CsvSource({"3.1.1, 0x80", "5, 0x87"})
    void refusedSubscription_isAnEvent(String version, String code) {
        MqttTestBroker broker = MqttTestBroker.named("filter-" + version);
        try (TestContainer container = start(broker, version)) {
            Mqtt mqtt = container.get(Mqtt.class);
            broker.refuse("secret/#");
            assertThat(mqtt.subscribe("secret/+/a", AT_LEAST_ONCE)).failsWithin(Duration.ofSeconds(5));
            assertThat(mqtt.subscribe("public", AT_LEAST_ONCE)).succeedsWithin(Duration.ofSeconds(5));
            DebugRecorder recorder = container.get(DebugRecorder.class);
            await().until(() ->
                    !recorder.events(MqttEvent.SubscriptionRefused.class).isEmpty());
            assertThat(recorder.events(MqttEvent.SubscriptionRefused.class))
                    .containsExactly(new MqttEvent.SubscriptionRefused(
                            "default", "secret/+/a", new MqttReason(Integer.decode(code))));
            broker.restore();
            assertThat(mqtt.subscribe("secret/+/a", AT_LEAST_ONCE)).succeedsWithin(Duration.ofSeconds(5));
        }
    }

    @ParameterizedTest
    @CsvSource({"1", "2"})
    void refusedMessage_failsItsStageOnMqtt5(int level) {
        MqttTestBroker broker = MqttTestBroker.named("refused-5-" + level);
        try (TestContainer container = start(broker, "5")) {
            Mqtt mqtt = container.get(Mqtt.class);
            broker.refusePublish("in", new MqttReason(0x97));
            for (int i = 0; i < 100; i++) { // which frees its packet identifier
                assertThat(mqtt.publish("in", "x", Qos.of(level)))
                        .failsWithin(Duration.ofSeconds(5))
                        .withThrowableOfType(ExecutionException.class)
                        .withCauseInstanceOf(MqttException.class)
                        .withMessageContaining("0x97");
            }
            assertThat(mqtt.publish("other", "x", Qos.of(level))).succeedsWithin(Duration.ofSeconds(5));
            assertThat(broker.published()).extracting(MqttMessage::topic).containsExactly("other");
            assertThat(container.get(Listener.class).heard()).isEmpty();
            broker.publish("in", "of the test");
            assertThat(container.get(Listener.class).heard()).containsExactly("of the test");
        }
    }

    @ParameterizedTest
    @CsvSource({"1", "2"})
    void refusedMessage_isAcknowledgedAndGoesNowhereOnMqtt311(int level) {
        MqttTestBroker broker = MqttTestBroker.named("refused-3-" + level);
        try (TestContainer container = start(broker, "3.1.1")) {
            broker.refusePublish("#", new MqttReason(0x87));
            assertThat(container.get(Mqtt.class).publish("in", "x", Qos.of(level)))
                    .succeedsWithin(Duration.ofSeconds(5));
            assertThat(broker.published()).isEmpty();
            assertThat(container.get(Listener.class).heard()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"3.1.1, 1", "3.1.1, 2", "5, 1", "5, 2"})
    void publishedMessage_waitsForItsAcknowledgement(String version, int level) {
        MqttTestBroker broker = MqttTestBroker.named("ack-" + version + level);
        try (TestContainer container = start(broker, version, "client-id", "a", "clean-session", "false")) {
            broker.dropAcknowledgements();
            var stage =
                    container.get(Mqtt.class).publish("out", "x", Qos.of(level)).toCompletableFuture();
            assertThat(broker.awaitPublished("out").text()).isEqualTo("x");
            assertThat(stage).isNotDone();
            broker.restore();
            broker.disconnect();
            assertThat(stage).succeedsWithin(Duration.ofSeconds(10));
            assertThat(broker.published("out")).hasSize(level == 1 ? 2 : 1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"3.1.1", "5"})
    void handledMessage_comesAgainIfItsAcknowledgementIsLost(String version) {
        MqttTestBroker broker = MqttTestBroker.named("again-" + version);
        try (TestContainer container = start(broker, version, "client-id", "a", "clean-session", "false")) {
            broker.dropAcknowledgements();
            broker.publish("in", "x");
            assertThat(container.get(Listener.class).heard()).containsExactly("x");
            assertThat(broker.sessions().get(0).waiting()).isEqualTo(1);
            broker.restore();
            broker.disconnect();
            await().until(() -> container.get(Listener.class).heard(), List.of("x", "x again")::equals);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void delay_holdsBackWhatTheBrokerSends(int level) {
        MqttTestBroker broker = MqttTestBroker.named("slow-" + level);
        try (TestContainer container = start(broker, "3.1.1", "keepalive", "0")) {
            broker.setTimeout(Duration.ofMillis(200));
            broker.delay(Duration.ofHours(1));
            assertThatThrownBy(() -> broker.publish("in", "x", Qos.of(level)))
                    .hasMessageEndingWith("has not handled it: most likely it is busy with earlier messages");
            assertThat(container.get(Listener.class).heard()).isEmpty();
            broker.delay(Duration.ofMillis(1));
            await().until(() -> container.get(Listener.class).heard(), List.of("x")::equals);
            broker.setTimeout(Duration.ofSeconds(5)).publish("in", "y", Qos.of(level));
            assertThat(container.get(Listener.class).heard()).containsExactly("x", "y");
            broker.restore();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a:1883", "a/b", "user@a", "1883"})
    void badName_isRefused(String name) {
        assertThatThrownBy(() -> MqttTestBroker.named(name))
                .isInstanceOf(MqttException.class)
                .hasMessageStartingWith("'memory:" + name + "' ");
    }
}
