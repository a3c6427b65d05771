package io.github.cdimqtt.quarkus;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import io.github.cdimqtt.MqttEvent;
import io.github.cdimqtt.MqttTopic;
import io.quarkus.jackson.ObjectMapperCustomizer;
import io.quarkus.test.QuarkusUnitTest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** JSON by the ObjectMapper of Quarkus, as the application configures it, where there is no extension for JSON-B. */
class JsonIT {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = BrokerOfTests.application(JsonIT.class)
            .overrideConfigKey("quarkus.arc.exclude-types", "io.quarkus.jsonb.JsonbProducer");

    public record Reading(String roomName, double celsius) {}

    @Singleton
    static class SnakeCase implements ObjectMapperCustomizer {
        @Override
        public void customize(ObjectMapper mapper) {
            mapper.setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE);
        }
    }

    @ApplicationScoped
    static class Observers {
        @Inject
        Heard heard;

        void one(@Observes @MqttTopic("reading") @MqttTopic("written") Reading reading) {
            heard.add(reading.roomName() + " " + reading.celsius());
        }

        void many(@Observes @MqttTopic("readings") Map<String, List<Reading>> readings) {
            heard.add(readings.get("a").get(0).roomName());
        }

        void failed(@Observes MqttEvent.MessageFailed event) {
            heard.add(event.cause().getMessage());
        }
    }

    @Inject
    Heard heard;

    @Inject
    Outside outside;

    @Test
    void objects_areReadAndWritten() throws Exception {
        outside.listen("written");
        outside.publish("written", new Reading("attic", 9));
        assertThat(heard.next(2))
                .containsExactlyInAnyOrder(
                        "attic 9.0", "outside written {\"room_name\":\"attic\",\"celsius\":9.0}");
    }

    @Test
    void parameterizedType_isRead() throws Exception {
        outside.publish("readings", "{\"a\":[{\"room_name\":\"cellar\",\"celsius\":1}]}");
        assertThat(heard.next(1)).containsExactly("cellar");
    }

    @Test
    void otherJson_isReportedWithoutItsText() throws Exception {
        outside.publish("reading", "{\"celsius\":\"secret\"}");
        assertThat(heard.next(1))
                .containsExactly("the payload on 'reading' does not convert to Reading: no such value in field"
                        + " 'celsius'");
    }
}
