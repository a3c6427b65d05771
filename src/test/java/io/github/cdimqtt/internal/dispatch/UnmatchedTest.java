package io.github.cdimqtt.internal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.MqttMessage;
import io.github.cdimqtt.MqttTopic;
import io.github.cdimqtt.Unmatched;
import io.github.cdimqtt.internal.topic.TopicFilter;
import io.github.cdimqtt.support.SharedRecorder;
import io.github.cdimqtt.support.Statement;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A message that matches no filter of an observer or a consumer is {@code @Unmatched}. */
@Tag("container")
class UnmatchedTest {

    @ApplicationScoped
    static class Observers {
        @Inject
        SharedRecorder recorder;

        void known(@Observes @MqttTopic("known/#") String text) {
            recorder.record("known");
        }

        void severalKnown(@Observes @MqttTopic("a") @MqttTopic("b") String text) {
            recorder.record("several");
        }

        void plain(@Observes @Priority(1) MqttMessage message) {
            recorder.record("plain");
        }

        void unmatched(@Observes @Priority(2) @Unmatched MqttMessage message) {
            recorder.record("unmatched " + message.topic());
        }

        void typed(@Observes @Priority(3) @Unmatched byte[] payload, MqttMessage message) {
            recorder.record("unmatched " + payload.length + " bytes on " + message.topic());
        }
    }

    @Statement("MQTT-3.3.2-3")
    @Test
    void message_withoutMatchingFilter_isUnmatched() {
        try (Deployment deployment = Deployment.of(Observers.class)) {
            deployment.receive("other", "four");
            assertThat(deployment.recorded())
                    .containsExactlyInAnyOrder("plain", "unmatched other", "unmatched 4 bytes on other");
            deployment.receive("known/x", "four");
            assertThat(deployment.recorded()).containsExactlyInAnyOrder("known", "plain");
            deployment.receive("b", "four");
            assertThat(deployment.recorded()).containsExactlyInAnyOrder("several", "plain");
        }
    }

    @Test
    void message_ofAConsumer_isNotUnmatched() {
        try (Deployment deployment = Deployment.of(Observers.class)) {
            SharedRecorder recorder = deployment.get(SharedRecorder.class);
            deployment
                    .routing("default")
                    .subscribe(TopicFilter.of("other/+"), message -> recorder.record("consumer " + message.text()));
            deployment.receive("other/x", "four");
            assertThat(deployment.recorded()).containsExactly("plain", "consumer four");
        }
    }

    @Test
    void message_ofAnUnsubscribedFilter_isUnmatched() {
        try (Deployment deployment = Deployment.of(Observers.class)) {
            deployment.routing("default").unsubscribe(TopicFilter.of("known/#"));
            deployment.receive("known/x", "four");
            assertThat(deployment.recorded()).contains("unmatched known/x").doesNotContain("known");
        }
    }
}
