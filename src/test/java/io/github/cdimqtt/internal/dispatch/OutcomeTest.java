package io.github.cdimqtt.internal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.MqttMessage;
import io.github.cdimqtt.MqttTopic;
import io.github.cdimqtt.OnFailure;
import io.github.cdimqtt.internal.session.inbound.ObserverFailure;
import io.github.cdimqtt.internal.session.inbound.Outcome;
import io.github.cdimqtt.internal.topic.TopicFilter;
import io.github.cdimqtt.support.LogRecorder;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The outcome of a message: what its failure means to the strictest of its observers. */
@Tag("container")
class OutcomeTest {

    @ApplicationScoped
    static class Observers {
        void byDefault(@Observes @MqttTopic("default/#") MqttMessage message) {
            failIf(message, "default");
        }

        void ack(@Observes @MqttTopic(value = "+/ack/#", onFailure = OnFailure.ACK) MqttMessage message) {
            failIf(message, "ack");
        }

        void redeliver(
                @Observes @MqttTopic(value = "+/+/redeliver/#", onFailure = OnFailure.REDELIVER) MqttMessage message) {
            failIf(message, "redeliver");
        }

        void deadLetter(
                @Observes @MqttTopic(value = "+/+/+/dead", onFailure = OnFailure.DEAD_LETTER) MqttMessage message) {
            failIf(message, "dead");
        }

        void number(@Observes @MqttTopic(value = "number/redeliver", onFailure = OnFailure.REDELIVER) int number) {}

        void numberDead(@Observes @MqttTopic(value = "number/dead", onFailure = OnFailure.DEAD_LETTER) int number) {}

        void as(@Observes @MqttTopic(value = "as/redeliver", onFailure = OnFailure.REDELIVER) MqttMessage message) {
            message.as(int.class);
        }

        private static void failIf(MqttMessage message, String who) {
            if (message.text().contains(who)) {
                throw new IllegalStateException(who);
            }
        }
    }

    @ApplicationScoped
    static class Plain {
        void plain(@Observes MqttMessage message) {
            throw new IllegalStateException("plain");
        }
    }

    private static final Map<String, String> SETTINGS =
            Map.of("mqtt.clean-session", "false", "mqtt.client-id", "test", "mqtt.dead-letter-topic", "dead");

    @RegisterExtension
    final LogRecorder log = LogRecorder.of("io.github.cdimqtt");

    @ParameterizedTest
    @CsvSource({
        // topic, on-failure, failing observer, outcome
        "default, ACK, nobody, HANDLED",
        "default, ACK, default, FAILED",
        "default, REDELIVER, default, REDELIVER",
        "default, DEAD_LETTER, default, DEAD_LETTER",
        "x/ack, REDELIVER, ack, FAILED",
        "default/ack, REDELIVER, ack, REDELIVER",
        "x/ack/redeliver, ACK, ack, REDELIVER",
        "x/ack/redeliver, ACK, redeliver, REDELIVER",
        "x/ack/y/dead, ACK, ack, DEAD_LETTER",
        "x/ack/redeliver/dead, ACK, dead, REDELIVER",
        "x/ack/redeliver/dead, ACK, ack redeliver dead, REDELIVER",
        "x/y/redeliver/dead, ACK, nobody, HANDLED",
    })
    void failure_hasAnOutcome(String topic, OnFailure onFailure, String failing, Outcome expected) {
        try (Deployment deployment = Deployment.of(SETTINGS, Observers.class).onFailure(onFailure)) {
            assertThat(deployment.receive(topic, failing)).isEqualTo(expected);
        }
    }

    @Test
    void failure_isToldToTheSession_byNamesAlone() {
        try (Deployment deployment = Deployment.of(SETTINGS, Observers.class)) {
            deployment.receive("default", "nobody");
            assertThat(deployment.failures()).isEmpty();

            deployment.receive("default/ack", "default ack");
            deployment.receive("number/dead", "many");

            assertThat(deployment.failures())
                    .containsExactlyInAnyOrder(
                            new ObserverFailure("Observers#byDefault(MqttMessage)", "IllegalStateException"),
                            new ObserverFailure("Observers#ack(MqttMessage)", "IllegalStateException"),
                            new ObserverFailure(
                                    "Observers#numberDead(int)", "ConversionException, caused by MqttException"));
        }
    }

    @Test
    void payloadThatDoesNotConvert_isNeverRedelivered() {
        try (Deployment deployment = Deployment.of(SETTINGS, Observers.class)) {
            assertThat(deployment.receive("number/redeliver", "many")).isEqualTo(Outcome.FAILED);
            assertThat(deployment.receive("as/redeliver", "many")).isEqualTo(Outcome.FAILED);
            assertThat(deployment.receive("number/dead", "many")).isEqualTo(Outcome.DEAD_LETTER);
        }
    }

    @Test
    void failure_ofAnObserverWithoutTopic_hasTheOnFailureOfTheConnection() {
        try (Deployment deployment =
                Deployment.of(SETTINGS, Observers.class, Plain.class).onFailure(OnFailure.REDELIVER)) {
            assertThat(deployment.receive("x/ack", "nobody")).isEqualTo(Outcome.REDELIVER);
            assertThat(deployment.receive("unmatched", "nobody")).isEqualTo(Outcome.REDELIVER);
        }
    }

    @Test
    void failure_ofAConsumer_hasTheOnFailureOfTheConnection() {
        try (Deployment deployment = Deployment.of(SETTINGS, Observers.class).onFailure(OnFailure.REDELIVER)) {
            deployment.routing("default").subscribe(TopicFilter.of("consumer"), message -> {
                throw new IllegalStateException("no");
            });
            assertThat(deployment.receive("consumer", "x")).isEqualTo(Outcome.REDELIVER);
        }
    }

    @Test
    void messages_withoutObserver_areUnheard_andLoggedWithinABound() {
        try (Deployment deployment = Deployment.of(SETTINGS, Observers.class);
                LogRecorder lines = LogRecorder.of("io.github.cdimqtt")) {
            deployment.routing("default").unsubscribe(TopicFilter.of("default/#"));
            assertThat(deployment.receive("default/late", "x")).isEqualTo(Outcome.UNHEARD);
            assertThat(lines.lines()).isEmpty(); // unsubscribed while it was on its way
            for (int i = 0; i < 30; i++) {
                assertThat(deployment.receive("invoices/" + i, "x")).isEqualTo(Outcome.UNHEARD);
                assertThat(deployment.receive("invoices/" + i, "x")).isEqualTo(Outcome.UNHEARD);
            }
            assertThat(lines.lines()).hasSize(20);
            assertThat(lines.lines().get(0))
                    .isEqualTo("WARNING MQTT-123: nobody observes a message to 'invoices/0'; observe its topic or"
                            + " @Unmatched, or, if the broker kept the filter from an earlier version of the application,"
                            + " end that with mqtt.unsubscribe");
            assertThat(lines.lines().get(19)).endsWith("; further topics are counted and not named");
        }
    }
}
