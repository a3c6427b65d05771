package io.github.cdimqtt.internal.convert;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.MqttEvent;
import io.github.cdimqtt.MqttMessage;
import io.github.cdimqtt.MqttTopic;
import io.github.cdimqtt.PayloadConverter;
import io.github.cdimqtt.internal.dispatch.Deployment;
import io.github.cdimqtt.internal.dispatch.FailureRecorder;
import io.github.cdimqtt.support.LogRecorder;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.lang.reflect.Type;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("container")
class ConversionExceptionTest {

    record Point(int x) {}

    @Dependent
    static class Points implements PayloadConverter<Point> {
        @Override
        public boolean supports(Type type) {
            return type == Point.class;
        }

        @Override
        public Point read(MqttMessage message, Type type) {
            throw new IllegalStateException(message.text(), new IOException(message.text()));
        }

        @Override
        public byte[] write(Point value) {
            return new byte[0];
        }
    }

    static class Observers {
        void on(@Observes @MqttTopic("point") Point point) {}
    }

    @Test
    void failureOfAConverter_isInTheEvent_andInTheLogWithoutItsMessage() {
        try (LogRecorder log = LogRecorder.of("io.github.cdimqtt").withDebug();
                Deployment deployment = Deployment.of(Observers.class, Points.class, FailureRecorder.class)) {
            deployment.receive("point", "canary");
            assertThat(deployment.recorded())
                    .singleElement()
                    .isInstanceOfSatisfying(
                            MqttEvent.MessageFailed.class,
                            failed -> assertThat(failed.cause())
                                    .hasCauseInstanceOf(IllegalStateException.class)
                                    .hasRootCauseInstanceOf(IOException.class)
                                    .hasRootCauseMessage("canary"));
            assertThat(log.lines())
                    .contains("SEVERE MQTT-107: Observers#on(Point) failed on a message to 'point': the payload on"
                            + " 'point' does not convert to Point: IllegalStateException, caused by IOException")
                    .anySatisfy(line -> assertThat(line)
                            .startsWith("FINE the cause: java.lang.IllegalStateException at " + Points.class.getName()
                                    + ".read(ConversionExceptionTest.java:")
                            .contains(", caused by java.io.IOException at "))
                    .noneMatch(line -> line.contains("canary"));
            assertThat(log.thrown()).isEmpty();
        }
    }
}
