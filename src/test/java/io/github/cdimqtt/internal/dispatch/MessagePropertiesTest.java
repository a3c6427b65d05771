package io.github.cdimqtt.internal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.MqttMessage;
import io.github.cdimqtt.MqttProperties;
import io.github.cdimqtt.MqttTopic;
import io.github.cdimqtt.PayloadConverter;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.internal.session.inbound.Outcome;
import io.github.cdimqtt.support.SharedRecorder;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Inject;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a message of MQTT 5 carries besides reaches observers and converters as it came, and decides nothing. */
@Tag("container")
class MessagePropertiesTest {

    /** A length, in metres. */
    public record Metres(double value) {}

    @Dependent
    static class MetresConverter implements PayloadConverter<Metres> {
        @Override
        public boolean supports(Type type) {
            return type == Metres.class;
        }

        @Override
        public Metres read(MqttMessage message, Type type) {
            double number = Double.parseDouble(message.text());
            boolean inches = "application/x-inches".equals(message.properties().contentType());
            return new Metres(inches ? number * 0.0254 : number);
        }

        @Override
        public byte[] write(Metres value) {
            return new byte[0];
        }
    }

    @ApplicationScoped
    static class Observers {
        @Inject
        SharedRecorder recorder;

        void message(@Observes @MqttTopic("sync") MqttMessage message) {
            recorder.record(message.properties());
        }

        void async(@ObservesAsync @MqttTopic("async") MqttMessage message) {
            recorder.record(message.properties());
        }

        void withVariable(@Observes @MqttTopic("variable/{name}") String text, MqttMessage message) {
            recorder.record(message.properties());
        }

        void metres(@Observes @MqttTopic("length") Metres metres) {
            recorder.record(metres);
        }

        void metresOfMessage(@Observes @MqttTopic("length/as") MqttMessage message) {
            recorder.record(message.as(Metres.class));
        }

        void text(@Observes @MqttTopic("text") String text) {
            recorder.record(text);
        }
    }

    private static final MqttProperties ALL = MqttProperties.builder()
            .contentType("text/plain")
            .responseTopic("answer")
            .correlationData(new byte[] {1, 2})
            .expiry(Duration.ofSeconds(5))
            .text(true)
            .user("b", "1")
            .user("a", "2")
            .user("b", "3")
            .build();

    private static Deployment deployment;

    @BeforeAll
    static void deploy() {
        deployment = Deployment.of(Observers.class, MetresConverter.class);
    }

    @AfterAll
    static void undeploy() {
        deployment.close();
    }

    private static List<Object> received(String topic, String payload, MqttProperties properties) {
        Outcome outcome = deployment.receive(
                "default",
                new Packet.Publish(
                        topic, Deployment.bytes(payload), Qos.AT_MOST_ONCE, false, false, 0, properties, 0, List.of()));
        assertThat(outcome).isEqualTo(Outcome.HANDLED);
        return deployment.recorded();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sync", "async", "variable/x"})
    void properties_reachObserversAsTheyCame(String topic) {
        assertThat(received(topic, "x", ALL)).containsExactly(ALL);
        assertThat(received(topic, "x", MqttProperties.NONE)).containsExactly(MqttProperties.NONE);
    }

    @Test
    void converter_seesTheContentType() {
        MqttProperties inches =
                MqttProperties.builder().contentType("application/x-inches").build();

        assertThat(received("length", "100", inches)).containsExactly(new Metres(2.54));
        assertThat(received("length/as", "100", inches)).containsExactly(new Metres(2.54));
        assertThat(received("length", "100", MqttProperties.NONE)).containsExactly(new Metres(100));
    }

    @Test
    void contentType_choosesNoConverter() {
        MqttProperties json =
                MqttProperties.builder().contentType("application/json").build();

        assertThat(received("text", "\"x\"", json)).containsExactly("\"x\"");
        assertThat(received("length", "100", json)).containsExactly(new Metres(100));
    }
}
