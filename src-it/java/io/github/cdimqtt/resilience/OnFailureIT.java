package io.github.cdimqtt.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cdimqtt.Mqtt;
import io.github.cdimqtt.MqttMessage;
import io.github.cdimqtt.MqttTopic;
import io.github.cdimqtt.OnFailure;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.broker.RawClient;
import io.github.cdimqtt.broker.SharedBroker;
import io.github.cdimqtt.broker.TestBroker;
import io.github.cdimqtt.support.QuietLog;
import io.github.cdimqtt.support.TestContainer;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What happens to a message whose observer fails, by the {@code on-failure} of the connection and of the topic. */
@ExtendWith({SharedBroker.class, QuietLog.class})
class OnFailureIT {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Singleton
    static class Failing {
        final List<String> calls = new CopyOnWriteArrayList<>();

        void byKey(@Observes @MqttTopic(value = "failing/key", qos = Qos.AT_LEAST_ONCE) String text) {
            fail("key", text, 2);
        }

        void other(@Observes @Priority(1) @MqttTopic(value = "failing/+", qos = Qos.AT_LEAST_ONCE) String text) {
            calls.add("other " + text);
        }

        void number(@Observes @MqttTopic(value = "failing/number", qos = Qos.AT_LEAST_ONCE) int number) {
            calls.add("number " + number);
        }

        void deadLetter(@Observes @MqttTopic(value = "dead/failing/#", qos = Qos.AT_LEAST_ONCE) String text) {
            fail("dead letter", text, Integer.MAX_VALUE);
        }

        final void fail(String observer, String text, int times) {
            calls.add(observer + " " + text);
            if (count(observer + " " + text) <= times) {
                throw new IllegalStateException("not yet");
            }
        }

        final long count(String call) {
            return calls.stream().filter(call::equals).count();
        }
    }

    @Singleton
    static class Redelivering extends Failing {

        void again(
                @Observes @MqttTopic(value = "failing/topic", qos = Qos.EXACTLY_ONCE, onFailure = OnFailure.REDELIVER)
                        String text) {
            fail("topic", text, 2);
        }
    }

    @Singleton
    static class DeadLettering extends Failing {

        void dead(
                @ObservesAsync
                        @MqttTopic(value = "failing/topic", qos = Qos.EXACTLY_ONCE, onFailure = OnFailure.DEAD_LETTER)
                        MqttMessage message) {
            fail("topic", message.text(), 2);
        }
    }

    @Test
    void ack_acknowledges_andContinues(TestBroker broker) {
        try (TestContainer application = start(broker, Map.of(), Failing.class);
                RawClient publisher = RawClient.connect(broker.url())) {
            Mqtt mqtt = application.get(Mqtt.class);
            publisher.publish("failing/key", "a");
            publisher.publish("failing/number", "none");
            await().atMost(PATIENCE).until(() -> mqtt.metrics().acknowledged() == 2);
            assertThat(application.get(Failing.class).calls)
                    .containsExactlyInAnyOrder("other a", "key a", "other none"); // order: see OrderIT
            assertThat(mqtt.metrics().reconnects()).isZero();
            System.out.println("on-failure=ack: " + mqtt.metrics());
        }
    }

    @Test
    void redeliver_callsEveryObserverAgainUntilAllSucceed(TestBroker broker) {
        Map<String, String> settings = Map.of(
                "mqtt.client-id", "redeliver-by-key", "mqtt.clean-session", "false", "mqtt.on-failure", "redeliver");
        try (TestContainer application = start(broker, settings, Failing.class);
                RawClient publisher = RawClient.connect(broker.url())) {
            redelivers(application.get(Failing.class), application.get(Mqtt.class), publisher, "key");
        }
    }

    @Test
    void redeliverOfOneTopic_callsEveryObserverAgainUntilAllSucceed(TestBroker broker) {
        Map<String, String> settings = Map.of("mqtt.client-id", "redeliver-by-topic", "mqtt.clean-session", "false");
        try (TestContainer application = start(broker, settings, Redelivering.class);
                RawClient publisher = RawClient.connect(broker.url())) {
            redelivers(application.get(Redelivering.class), application.get(Mqtt.class), publisher, "topic");
        }
    }

    private static void redelivers(Failing observers, Mqtt mqtt, RawClient publisher, String topic) {
        publisher.publish("failing/" + topic, "a");
        await().atMost(PATIENCE).until(() -> mqtt.metrics().acknowledged() == 1);
        assertThat(observers.count(topic + " a")).isEqualTo(3);
        assertThat(observers.count("other a")).isEqualTo(3);
        assertThat(mqtt.metrics().reconnects()).isEqualTo(2);

        publisher.publish("failing/number", "none"); // never redelivered
        publisher.publish("failing/" + topic, "b"); // and the next is delivered
        await().atMost(PATIENCE).until(() -> observers.count(topic + " b") == 3);
        await().atMost(PATIENCE).until(() -> mqtt.metrics().acknowledged() == 3);
        assertThat(observers.count("other none")).isEqualTo(1);
        assertThat(mqtt.metrics().reconnects()).isEqualTo(4);
        System.out.println("redeliver (" + topic + "): " + mqtt.metrics() + " " + observers.calls);
    }

    @Test
    void deadLetter_isPublishedOnceForEachMessage_andNotForDeadLetters(TestBroker broker) {
        Map<String, String> settings =
                Map.of("mqtt.on-failure", "dead-letter", "mqtt.dead-letter-topic", "dead/{topic}");
        try (TestContainer application = start(broker, settings, Failing.class);
                RawClient witness = RawClient.connect(broker.url()).observe("dead/#")) {
            sendsDeadLetters(application.get(Failing.class), application.get(Mqtt.class), witness, "key", 3);
            assertThat(witness.texts("dead/failing/number")).containsExactly("none");
        }
    }

    @Test
    void deadLetterOfOneTopic_isPublishedOnceForEachMessage(TestBroker broker) {
        try (TestContainer application =
                        start(broker, Map.of("mqtt.dead-letter-topic", "dead/{topic}"), DeadLettering.class);
                RawClient witness = RawClient.connect(broker.url()).observe("dead/#")) {
            sendsDeadLetters(application.get(DeadLettering.class), application.get(Mqtt.class), witness, "topic", 2);
            assertThat(witness.texts("dead/failing/number")).isEmpty();
        }
    }

    private static void sendsDeadLetters(Failing observers, Mqtt mqtt, RawClient witness, String topic, int letters) {
        witness.publish("failing/" + topic, "a");
        witness.publish("failing/number", "none");
        witness.publish("failing/" + topic, "b");
        int letterObserver = letters; // observes each of them, fails, and nothing follows
        await().atMost(PATIENCE).until(() -> mqtt.metrics().acknowledged() == 3 + letterObserver);
        await().atMost(PATIENCE).until(() -> witness.received().size() == letters);
        assertThat(witness.texts("dead/failing/" + topic)).containsExactlyInAnyOrder("a", "b");
        assertThat(witness.received()).allMatch(letter -> letter.qos() == 1 && !letter.retained());
        assertThat(observers.count(topic + " a")).isEqualTo(1);
        assertThat(observers.count("dead letter a")).isEqualTo(1);
        assertThat(mqtt.metrics().reconnects()).isZero();
        System.out.println("dead-letter (" + topic + "): " + mqtt.metrics() + " " + witness.received());
    }

    private static TestContainer start(TestBroker broker, Map<String, String> settings, Class<?>... beans) {
        Map<String, String> all = new HashMap<>(settings);
        all.put("mqtt.broker-url", broker.url());
        all.put("mqtt.reconnect.min-delay", "50ms");
        return TestContainer.start(all, beans);
    }
}
