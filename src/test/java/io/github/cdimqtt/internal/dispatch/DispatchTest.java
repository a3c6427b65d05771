package io.github.cdimqtt.internal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.MqttMessage;
import io.github.cdimqtt.MqttTopic;
import io.github.cdimqtt.support.SharedRecorder;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A message is fired as one event, and each observer that matches it is called once. */
@Tag("container")
class DispatchTest {

    @ApplicationScoped
    static class House {
        @Inject
        SharedRecorder recorder;

        void literal(@Observes @Priority(1) @MqttTopic("home/kitchen/temp") String text) {
            recorder.record("literal");
        }

        void plus(@Observes @Priority(2) @MqttTopic("home/+/temp") double celsius) {
            recorder.record("plus " + celsius);
        }

        void variable(@Observes @Priority(3) @MqttTopic("home/{room}/temp") MqttMessage message) {
            recorder.record("variable " + message.param("room"));
        }

        void hash(@Observes @Priority(4) @MqttTopic("home/#") byte[] bytes) {
            recorder.record("hash");
        }

        void anyOf(
                @Observes @Priority(5) @MqttTopic("home/kitchen/#") @MqttTopic("home/+/temp") @MqttTopic("attic/temp")
                        String text) {
            recorder.record("any of");
        }

        void plain(@Observes @Priority(6) MqttMessage message) {
            recorder.record("plain");
        }

        void object(@Observes @Priority(7) @MqttTopic("home/+/+") Object message) {
            recorder.record("object " + message.getClass().getSimpleName());
        }

        void other(@Observes @Priority(8) @MqttTopic("home/bath/temp") String text) {
            recorder.record("other");
        }
    }

    @Test
    void message_matchedByManyObservers_reachesEachOnce() {
        try (Deployment house = Deployment.of(House.class)) {
            house.receive("home/kitchen/temp", "21.5");
            assertThat(house.recorded())
                    .containsExactly(
                            "literal",
                            "plus 21.5",
                            "variable kitchen",
                            "hash",
                            "any of",
                            "plain",
                            "object MqttMessage");
            house.receive("attic/temp", "18");
            assertThat(house.recorded()).containsExactly("any of", "plain");
            house.receive("cellar", "18");
            assertThat(house.recorded()).containsExactly("plain");
        }
    }
}
