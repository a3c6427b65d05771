package io.github.cdimqtt.internal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.MqttMessage;
import io.github.cdimqtt.MqttTopic;
import io.github.cdimqtt.PayloadConverter;
import io.github.cdimqtt.internal.session.inbound.Outcome;
import io.github.cdimqtt.support.LogRecorder;
import io.github.cdimqtt.support.SharedRecorder;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Inject;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A payload is converted once for each type, however many observers share it; each observer has bytes of its own. */
@Tag("container")
class SharedConversionTest {

    record Reading(String text) {}

    @ApplicationScoped
    static class CountingConverter implements PayloadConverter<Reading> {
        @Inject
        SharedRecorder recorder;

        @Override
        public boolean supports(Type type) {
            return type == Reading.class;
        }

        @Override
        public Reading read(MqttMessage message, Type type) {
            recorder.record("converted " + message.topic());
            if (message.text().equals("broken")) {
                throw new IllegalArgumentException("secret: " + message.text());
            }
            return new Reading(message.text());
        }

        @Override
        public byte[] write(Reading value) {
            return new byte[0];
        }
    }

    @ApplicationScoped
    static class Observers {
        @Inject
        SharedRecorder recorder;

        void first(@Observes @Priority(1) @MqttTopic("r/+") Reading reading) {
            recorder.record("received");
        }

        void second(@Observes @Priority(2) @MqttTopic("r/{x}") Reading reading) {
            recorder.record("received");
        }

        void third(@Observes @Priority(3) @MqttTopic("r/#") @MqttTopic("s/#") Reading reading) {
            recorder.record("received");
        }

        void async(@ObservesAsync @MqttTopic("r/+") Reading reading) {
            recorder.record("received");
        }

        void asyncToo(@ObservesAsync @MqttTopic("r/#") Reading reading) {
            recorder.record("received");
        }

        void unconverted(@Observes @Priority(4) @MqttTopic("r/+") MqttMessage message) {
            recorder.record("received");
        }

        void writes(@Observes @Priority(1) @MqttTopic("b/+") byte[] bytes) {
            bytes[0] = 'X';
        }

        void reads(@Observes @Priority(2) @MqttTopic("b/+") byte[] bytes, MqttMessage message) {
            recorder.record(new String(bytes) + " " + message.text());
        }

        void moves(@Observes @Priority(3) @MqttTopic("b/+") ByteBuffer buffer) {
            buffer.get();
        }

        void readsToo(@Observes @Priority(4) @MqttTopic("b/+") ByteBuffer buffer) {
            recorder.record(buffer.remaining());
        }

        void writesBuffer(@Observes @Priority(5) @MqttTopic("b/+") ByteBuffer buffer) {
            buffer.put((byte) 'X');
        }
    }

    @Test
    void message_isConvertedOnce() {
        try (Deployment deployment = Deployment.of(Observers.class, CountingConverter.class)) {
            deployment.receive("r/1", "x");
            List<Object> recorded = deployment.recorded();
            assertThat(recorded).filteredOn("converted r/1"::equals).hasSize(1);
            assertThat(recorded).filteredOn("received"::equals).hasSize(6);
            deployment.receive("r/1", "x");
            assertThat(deployment.recorded())
                    .filteredOn("converted r/1"::equals)
                    .hasSize(1);
        }
    }

    @Test
    void message_thatDoesNotConvert_isConvertedOnce_andReportedForEachObserver() {
        try (LogRecorder log = LogRecorder.of("io.github.cdimqtt");
                Deployment deployment = Deployment.of(Observers.class, CountingConverter.class)) {
            assertThat(deployment.receive("r/1", "broken")).isEqualTo(Outcome.FAILED);
            assertThat(deployment.recorded()).containsExactlyInAnyOrder("converted r/1", "received");
            assertThat(log.lines())
                    .hasSize(5)
                    .allSatisfy(line -> assertThat(line)
                            .contains("the payload on 'r/1' does not convert to Reading: IllegalArgumentException")
                            .doesNotContain("broken"));
            assertThat(log.thrown()).isEmpty();
        }
    }

    @Test
    void bytes_areEachObserversOwn() {
        try (LogRecorder log = LogRecorder.of("io.github.cdimqtt");
                Deployment deployment = Deployment.of(Observers.class, CountingConverter.class)) {
            deployment.receive("b/1", "abc");
            assertThat(deployment.recorded()).containsExactly("abc abc", 3);
            assertThat(log.thrown()).singleElement().isInstanceOf(ReadOnlyBufferException.class);
        }
    }
}
