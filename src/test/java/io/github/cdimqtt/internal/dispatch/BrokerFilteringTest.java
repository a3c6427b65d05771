package io.github.cdimqtt.internal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.MqttBroker;
import io.github.cdimqtt.MqttMessage;
import io.github.cdimqtt.MqttTopic;
import io.github.cdimqtt.support.SharedRecorder;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.inject.Inject;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An observer observes the connection that it names, by default the default one, and with {@code @Any} all of them. */
@Tag("container")
class BrokerFilteringTest {
    private static final String PLANT = "plant";

    @ApplicationScoped
    static class Observers {
        @Inject
        SharedRecorder recorder;

        void unnamed(@Observes @Priority(1) @MqttTopic("a/+") String text) {
            recorder.record("unnamed");
        }

        void named(@Observes @Priority(2) @MqttTopic("a/+") @MqttBroker(PLANT) String text, MqttMessage message) {
            recorder.record("named, from " + message.broker());
        }

        void any(@Observes @Priority(3) @MqttTopic("a/+") @Any String text) {
            recorder.record("any");
        }

        void anyOf(@Observes @Priority(4) @MqttTopic("a/+") @MqttTopic("a/b") @MqttBroker(PLANT) String text) {
            recorder.record("named, any of");
        }

        void unnamedAnyOf(@Observes @Priority(5) @MqttTopic("a/+") @MqttTopic("a/b") String text) {
            recorder.record("unnamed, any of");
        }

        void plain(@Observes @Priority(6) MqttMessage message) {
            recorder.record("plain");
        }

        void plainNamed(@Observes @Priority(7) @MqttBroker(PLANT) MqttMessage message) {
            recorder.record("plain named");
        }

        void plainAny(@Observes @Priority(8) @Any MqttMessage message) {
            recorder.record("plain any");
        }

        void byItsName(@Observes @Priority(9) @MqttTopic("a/+") @MqttBroker(MqttBroker.DEFAULT) String text) {
            recorder.record("default by its name");
        }
    }

    private Deployment deployment;

    @BeforeEach
    void deploy() {
        deployment = Deployment.of(
                Map.of("mqtt.plant.broker-url", "tcp://plant", "mqtt.plant.enabled", "false"), Observers.class);
    }

    @AfterEach
    void undeploy() {
        deployment.close();
    }

    @Test
    void message_ofTheDefaultConnection_reachesObserversWithoutANameAndWithAny() {
        deployment.receive("a/b", "x");
        assertThat(deployment.recorded())
                .containsExactly("unnamed", "any", "unnamed, any of", "plain", "plain any", "default by its name");
    }

    @Test
    void message_ofANamedConnection_reachesObserversOfThatNameAndWithAny() {
        deployment.receive(PLANT, "a/b", "x");
        assertThat(deployment.recorded())
                .containsExactly("named, from plant", "any", "named, any of", "plain named", "plain any");
    }

    @Test
    void message_firedByTheApplicationWithAName_reachesObserversOfThatNameAndWithAny() {
        deployment
                .beans()
                .getEvent()
                .select(MqttMessage.class, MqttTopic.Literal.of("a/+"), MqttBroker.Literal.of(PLANT))
                .fire(MqttMessage.builder().topic("a/b").broker(PLANT).build());
        assertThat(deployment.recorded())
                .containsExactly("named, from plant", "any", "named, any of", "plain named", "plain any");
    }

    @Test
    void message_firedByTheApplicationWithoutAName_reachesAllButNamedObservers() {
        deployment
                .beans()
                .getEvent()
                .select(MqttMessage.class, MqttTopic.Literal.of("a/+"))
                .fire(MqttMessage.of("a/b", "x"));
        assertThat(deployment.recorded()).containsExactly("unnamed", "any", "unnamed, any of", "plain", "plain any");
    }
}
