package io.github.cdimqtt.internal.cdi;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.MqttMessage;
import io.github.cdimqtt.MqttTopic;
import io.github.cdimqtt.Unmatched;
import io.github.cdimqtt.internal.client.TopicFilter;
import io.github.cdimqtt.testing.Heard;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

/** What no filter of an observer and no consumer matched goes to {@code @Unmatched}. */
class UnmatchedTest {

    @ApplicationScoped
    static class Observers {
        @Inject
        Heard heard;

        void known(@Observes @MqttTopic("known/#") String text) {
            heard.add("known");
        }

        void severalKnown(@Observes @MqttTopic("a") @MqttTopic("b") String text) {
            heard.add("several");
        }

        void plain(@Observes @Priority(1) MqttMessage message) {
            heard.add("plain");
        }

        void unmatched(@Observes @Priority(2) @Unmatched MqttMessage message) {
            heard.add("unmatched " + message.topic());
        }

        void typed(@Observes @Priority(3) @Unmatched byte[] payload, MqttMessage message) {
            heard.add("unmatched " + payload.length + " bytes on " + message.topic());
        }
    }

    @Test
    void message_thatNoFilterMatches_isUnmatched() {
        try (Deployment deployment = Deployment.of(Observers.class)) {
            deployment.receive("other", "four");
            assertThat(deployment.heard())
                    .containsExactlyInAnyOrder("plain", "unmatched other", "unmatched 4 bytes on other");
            deployment.receive("known/x", "four");
            assertThat(deployment.heard()).containsExactlyInAnyOrder("known", "plain");
            deployment.receive("b", "four");
            assertThat(deployment.heard()).containsExactlyInAnyOrder("several", "plain");
        }
    }

    @Test
    void message_thatAConsumerTakes_isNotUnmatched() {
        try (Deployment deployment = Deployment.of(Observers.class)) {
            Heard heard = deployment.get(Heard.class);
            deployment
                    .routing("default")
                    .listen(TopicFilter.of("other/+"), message -> heard.add("consumer " + message.text()));
            deployment.receive("other/x", "four");
            assertThat(deployment.heard()).containsExactly("plain", "consumer four");
        }
    }

    @Test
    void message_ofASilencedFilter_isUnmatched() {
        try (Deployment deployment = Deployment.of(Observers.class)) {
            deployment.routing("default").silence(TopicFilter.of("known/#"));
            deployment.receive("known/x", "four");
            assertThat(deployment.heard()).contains("unmatched known/x").doesNotContain("known");
        }
    }
}
