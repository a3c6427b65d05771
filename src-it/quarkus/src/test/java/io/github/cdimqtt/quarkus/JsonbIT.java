package io.github.cdimqtt.quarkus;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.MqttTopic;
import io.quarkus.test.QuarkusUnitTest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** JSON by JSON-B, where Quarkus has an extension for it, even beside Jackson. */
class JsonbIT {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = BrokerOfTests.application(JsonbIT.class);

    public record Reading(String roomName, double celsius) {}

    @ApplicationScoped
    static class Observers {
        @Inject
        Heard heard;

        void one(@Observes @MqttTopic("reading") Reading reading) {
            heard.add(reading.roomName() + " " + reading.celsius());
        }
    }

    @Inject
    Heard heard;

    @Inject
    Outside outside;

    /** Jackson would keep the order of the fields. */
    @Test
    void objects_areReadAndWritten() throws Exception {
        outside.listen("reading");
        outside.publish("reading", new Reading("attic", 9));
        assertThat(heard.next(2))
                .containsExactlyInAnyOrder(
                        "attic 9.0", "outside reading {\"celsius\":9.0,\"roomName\":\"attic\"}");
    }
}
