package io.github.cdimqtt.quarkus;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.MqttEvent;
import io.github.cdimqtt.MqttTopic;
import io.github.cdimqtt.OnFailure;
import io.github.cdimqtt.Qos;
import io.quarkus.test.QuarkusUnitTest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Inject;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What becomes of a message whose observer fails. */
class FailuresIT {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = BrokerOfTests.application(FailuresIT.class)
            .overrideConfigKey("mqtt.client-id", "quarkus-failures")
            .overrideConfigKey("mqtt.clean-session", "false")
            .overrideConfigKey("mqtt.dead-letter-topic", "dead/{topic}");

    @ApplicationScoped
    static class Failing {
        private final AtomicInteger attempts = new AtomicInteger();

        @Inject
        Heard heard;

        void again(
                @Observes @MqttTopic(value = "again", qos = Qos.AT_LEAST_ONCE, onFailure = OnFailure.REDELIVER)
                        String text) {
            heard.add("attempt " + attempts.incrementAndGet());
            if (attempts.get() < 3) {
                throw new IllegalStateException("not yet");
            }
        }

        void dead(
                @ObservesAsync @MqttTopic(value = "spoiled", qos = Qos.AT_LEAST_ONCE, onFailure = OnFailure.DEAD_LETTER)
                        String text) {
            throw new IllegalStateException("spoiled");
        }

        void failed(@Observes MqttEvent.MessageFailed event) {
            heard.add("failed " + event.observer());
            throw new IllegalStateException("harms no other");
        }

        void alsoFailed(@Observes MqttEvent.MessageFailed event) {
            heard.add("also failed " + event.cause().getMessage());
        }
    }

    @Inject
    Heard heard;

    @Inject
    Outside outside;

    @Test
    void redeliver_callsAgainUntilItSucceeds() throws Exception {
        outside.publish("again", "x");
        heard.until("attempt 1");
        heard.until("attempt 2");
        heard.until("attempt 3");
    }

    @Test
    void deadLetter_isPublished() throws Exception {
        outside.listen("dead/#");
        outside.publish("spoiled", "x");
        assertThat(heard.next(3))
                .containsExactlyInAnyOrder(
                        "failed Failing#dead(String)", "also failed spoiled", "outside dead/spoiled x");
    }
}
