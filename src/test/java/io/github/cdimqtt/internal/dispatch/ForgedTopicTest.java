package io.github.cdimqtt.internal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.MqttTopic;
import io.github.cdimqtt.TopicParam;
import io.github.cdimqtt.internal.session.inbound.Outcome;
import io.github.cdimqtt.support.LogRecorder;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A publisher chooses the topic, which can neither begin a line of the log nor fill it. */
@Tag("container")
class ForgedTopicTest {
    private static final int LONGEST_LINE = 2000;

    @Dependent
    static class Observers {
        void throwing(@Observes @MqttTopic("throwing/#") String text) {
            throw new IllegalArgumentException("as the test wants it");
        }

        void number(@Observes @MqttTopic("number/#") int number) {}

        void variable(@Observes @MqttTopic("variable/{id}") String text, @TopicParam("id") int id) {}

        void json(@Observes @MqttTopic("json/#") List<String> list) {}
    }

    private final Deployment deployment = Deployment.of(Observers.class);

    @AfterEach
    void undeploy() {
        deployment.close();
    }

    @Test
    void failures_onATopicOfSeveralLines_areReportedInOneLineEach() {
        for (String observer : List.of("throwing", "number", "variable", "json")) {
            try (LogRecorder log = LogRecorder.of("io.github.cdimqtt")) {
                String topic = observer + "/1\nERROR MQTT-107: forged" + "x".repeat(60_000);
                assertThat(deployment.receive(topic, "no number")).isEqualTo(Outcome.FAILED);
                assertThat(log.lines())
                        .singleElement()
                        .satisfies(line -> assertThat(line)
                                .doesNotContain("\n")
                                .contains(observer + "/1\\u000aERROR MQTT-107: forgedx")
                                .hasSizeLessThan(LONGEST_LINE));
            }
        }
    }
}
