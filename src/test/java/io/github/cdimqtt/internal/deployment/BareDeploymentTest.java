package io.github.cdimqtt.internal.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.MqttMessage;
import io.github.cdimqtt.MqttTopic;
import io.github.cdimqtt.PayloadConverter;
import io.github.cdimqtt.internal.dispatch.Deployment;
import io.github.cdimqtt.support.SharedRecorder;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Without JSON-B and MicroProfile Config, only types with a built-in converter or a converter bean can be observed. */
@Tag("bare")
class BareDeploymentTest {

    record Reading(int value) {}

    static class OfReading {
        void on(@Observes @MqttTopic("reading") Reading reading) {}
    }

    static class OfList {
        void on(@Observes @MqttTopic("reading") List<Reading> readings) {}
    }

    /** A number that can be published, but not read. */
    static class OfCounter {
        void on(@Observes @MqttTopic("counter") AtomicInteger counter) {}
    }

    static class OfCharacters {
        void on(@Observes @MqttTopic("char") char[] c) {}
    }

    abstract static class ReadingConverter<T> implements PayloadConverter<T> {
        @Override
        public boolean supports(Type type) {
            return type == Reading.class;
        }

        @Override
        @SuppressWarnings("unchecked")
        public T read(MqttMessage message, Type type) {
            return (T) new Reading(message.as(int.class));
        }

        @Override
        public byte[] write(T value) {
            return new byte[0];
        }
    }

    @ApplicationScoped
    static class Readings extends ReadingConverter<Reading> {}

    @Dependent
    static class Objects extends ReadingConverter<Object> {}

    @ApplicationScoped
    static class Lists implements PayloadConverter<List<Reading>> {
        @Override
        public boolean supports(Type type) {
            return type instanceof ParameterizedType list && list.getRawType() == List.class;
        }

        @Override
        public List<Reading> read(MqttMessage message, Type type) {
            return List.of(new Reading(message.as(int.class)));
        }

        @Override
        public byte[] write(List<Reading> value) {
            return new byte[0];
        }
    }

    @ApplicationScoped
    static class Observers {
        @Inject
        SharedRecorder recorder;

        void reading(@Observes @MqttTopic("reading") Reading reading) {
            recorder.record(reading);
        }
    }

    @ApplicationScoped
    static class ListObservers {
        @Inject
        SharedRecorder recorder;

        void readings(@Observes @MqttTopic("reading") List<Reading> readings) {
            recorder.record(readings);
        }
    }

    static Stream<WrongDeployment> rows() {
        return Stream.of(
                WrongDeployment.of("observes what nothing converts", OfReading.class)
                        .reports(noConverter("OfReading#on(Reading)", "Reading")),
                WrongDeployment.of("observes a list of what nothing converts", OfList.class)
                        .reports(noConverter("OfList#on(List<Reading>)", "List<Reading>")),
                WrongDeployment.of("observes a list, and has a converter of elements", OfList.class, Readings.class)
                        .reports(noConverter("OfList#on(List<Reading>)", "List<Reading>")),
                WrongDeployment.of("observes a number of a kind of its own", OfCounter.class)
                        .reports(noConverter("OfCounter#on(AtomicInteger)", "AtomicInteger")),
                WrongDeployment.of("observes characters", OfCharacters.class)
                        .reports(noConverter("OfCharacters#on(char[])", "char[]")),
                WrongDeployment.of("has a wrong value, read by the built-in sources", OfCharacters.class, Lists.class)
                        .with("mqtt.keepalive", "soon")
                        .reports(
                                "MQTT-001: mqtt.keepalive='soon': not a duration; write 5, 5s, 500ms or PT5S (system"
                                        + " properties)",
                                noConverter("OfCharacters#on(char[])", "char[]")));
    }

    private static String noConverter(String location, String type) {
        return "MQTT-015: " + location + ": nothing converts a payload to " + type
                + "; add a PayloadConverter bean for it, or JSON-B with an implementation to the class path, such as org.eclipse:yasson, or in a server its feature, on Open Liberty jsonb-3.0";
    }

    @ParameterizedTest
    @MethodSource("rows")
    void deployment_isRejected(WrongDeployment is) {
        assertThat(is.deploy()).extracting(Throwable::getMessage).containsExactlyElementsOf(is.problems());
    }

    @Test
    void converterBean_ofTheType_converts() {
        try (Deployment deployment = Deployment.of(Observers.class, Readings.class)) {
            deployment.receive("reading", "5");
            assertThat(deployment.recorded()).containsExactly(new Reading(5));
        }
    }

    @Test
    void converterBean_ofAParameterizedType_converts() {
        try (Deployment deployment = Deployment.of(ListObservers.class, Lists.class)) {
            deployment.receive("reading", "5");
            assertThat(deployment.recorded()).containsExactly(List.of(new Reading(5)));
        }
    }

    @Test
    void converterBean_ofObject_mayConvertAnyType() {
        try (Deployment deployment = Deployment.of(Observers.class, Objects.class)) {
            deployment.receive("reading", "5");
            assertThat(deployment.recorded()).containsExactly(new Reading(5));
        }
    }
}
