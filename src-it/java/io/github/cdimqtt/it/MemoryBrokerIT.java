package io.github.cdimqtt.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cdimqtt.Mqtt;
import io.github.cdimqtt.MqttEvent;
import io.github.cdimqtt.MqttLog;
import io.github.cdimqtt.MqttTopic;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.TopicParam;
import io.github.cdimqtt.support.MqttThreads;
import io.github.cdimqtt.support.PortableOnly;
import io.github.cdimqtt.support.QuietLog;
import io.github.cdimqtt.support.TestContainer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code broker-url=memory:NAME} as an application has it. */
@ExtendWith(QuietLog.class)
class MemoryBrokerIT {

    @ApplicationScoped
    static class Greeter {
        @Inject
        Mqtt mqtt;

        void on(
                @Observes @MqttTopic(value = "ask/{name}", qos = Qos.EXACTLY_ONCE) String text,
                @TopicParam("name") String name) {
            mqtt.publish("answer/" + name, text + ", " + name, Qos.AT_LEAST_ONCE);
        }
    }

    @ApplicationScoped
    static class Asker {
        private final List<String> answers = new CopyOnWriteArrayList<>();

        void on(@Observes @MqttTopic(value = "answer/+", qos = Qos.AT_LEAST_ONCE) String text) {
            answers.add(text);
        }

        List<String> answers() {
            return answers;
        }
    }

    private static Map<String, String> keys(String name, String version, String clientId) {
        return Keys.of("memory:" + name, "protocol-version", version, "client-id", clientId, "clean-session", "false");
    }

    @ParameterizedTest
    @ValueSource(strings = {"3.1", "3.1.1", "5"})
    @PortableOnly // there are two containers, and CDI.current() has one
    void applications_meetAtTheBrokerOfTheirName(String version) {
        String name = "meeting-" + version;
        try (TestContainer greeter = TestContainer.startApart(keys(name, version, "greeter"), Greeter.class);
                TestContainer elsewhere =
                        TestContainer.startApart(keys("elsewhere", version, "greeter"), Greeter.class);
                TestContainer asker = TestContainer.startApart(keys(name, version, "asker"), Asker.class)) {
            assertThat(elsewhere.get(Mqtt.class).isConnected()).isTrue();
            assertThat(greeter.get(Mqtt.class).isConnected()).isTrue();
            asker.get(Mqtt.class).publish("ask/anna", "hello", Qos.EXACTLY_ONCE);
            await().until(() -> asker.get(Asker.class).answers(), List.of("hello, anna")::equals);
        }
        MqttThreads.awaitNone();
    }

    @ParameterizedTest
    @ValueSource(strings = {"3.1.1", "5"})
    void keptSession_waitsForItsApplication(String version) {
        String name = "kept-" + version;
        TestContainer.start(keys(name, version, "asker"), Asker.class).close();
        try (TestContainer other = TestContainer.start(keys(name, version, "other"))) {
            for (int i = 1; i <= 3; i++) {
                assertThat(other.get(Mqtt.class).publish("answer/" + i, i, Qos.AT_LEAST_ONCE))
                        .succeedsWithin(Duration.ofSeconds(10));
            }
            assertThat(other.get(Mqtt.class).subscriptions()).isEmpty();
        }
        try (TestContainer asker = TestContainer.start(keys(name, version, "asker"), Asker.class)) {
            await().until(() -> asker.get(Asker.class).answers(), List.of("1", "2", "3")::equals);
        }
    }

    @Test
    void connection_isLoggedForWhatItIs() {
        try (TestContainer container = TestContainer.start(Keys.of("memory:log"), DebugRecorder.class)) {
            DebugRecorder recorder = container.get(DebugRecorder.class);
            await().until(() -> recorder.events(MqttEvent.Connected.class), events -> events.size() == 1);
            assertThat(recorder.events(MqttEvent.Connected.class).get(0).serverUri())
                    .isEqualTo("memory:log");
            assertThat(recorder.lines())
                    .filteredOn(line -> line.level() == System.Logger.Level.INFO)
                    .extracting(MqttLog::text)
                    .contains(
                            "MQTT-135: memory:log is a broker inside this JVM, for tests and development: it keeps nothing when"
                                    + " the JVM ends");
        }
    }

    @Test
    void manyStarts_leaveNoThread() {
        for (int i = 0; i < 20; i++) {
            TestContainer.start(Keys.of("memory:many"), Asker.class).close();
        }
        MqttThreads.awaitNone();
    }
}
