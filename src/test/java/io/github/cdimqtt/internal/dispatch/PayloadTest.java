package io.github.cdimqtt.internal.dispatch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.cdimqtt.MqttEvent;
import io.github.cdimqtt.MqttMessage;
import io.github.cdimqtt.MqttTopic;
import io.github.cdimqtt.internal.session.inbound.Outcome;
import io.github.cdimqtt.support.LogRecorder;
import io.github.cdimqtt.support.SharedRecorder;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every observed type that needs no converter, with its extreme values; the topic is the name of the type. */
@Tag("container")
class PayloadTest {
    private static final byte[] NOT_UTF_8 = {'4', (byte) 0xc3, '2'};
    private static final String ONE_MEGABYTE = "0123456789abcdef".repeat(65_536);
    private static final String PAIR = "\ud83c\udf21";

    @ApplicationScoped
    static class Observers {
        @Inject
        SharedRecorder recorder;

        void message(@Observes @MqttTopic("MqttMessage") MqttMessage value) {
            recorder.record(value.text());
        }

        void object(@Observes @MqttTopic("Object") Object value) {
            recorder.record(((MqttMessage) value).text());
        }

        void bytes(@Observes @MqttTopic("byte[]") byte[] value) {
            recorder.record(new String(value, UTF_8));
        }

        void buffer(@Observes @MqttTopic("ByteBuffer") ByteBuffer value) {
            recorder.record(UTF_8.decode(value).toString());
        }

        void string(@Observes @MqttTopic("String") String value) {
            recorder.record(value);
        }

        void primitive(@Observes @MqttTopic("byte") byte value) {
            recorder.record(value);
        }

        void box(@Observes @MqttTopic("Byte") Byte value) {
            recorder.record(value);
        }

        void primitive(@Observes @MqttTopic("short") short value) {
            recorder.record(value);
        }

        void box(@Observes @MqttTopic("Short") Short value) {
            recorder.record(value);
        }

        void primitive(@Observes @MqttTopic("int") int value) {
            recorder.record(value);
        }

        void box(@Observes @MqttTopic("Integer") Integer value) {
            recorder.record(value);
        }

        void primitive(@Observes @MqttTopic("long") long value) {
            recorder.record(value);
        }

        void box(@Observes @MqttTopic("Long") Long value) {
            recorder.record(value);
        }

        void primitive(@Observes @MqttTopic("float") float value) {
            recorder.record(value);
        }

        void box(@Observes @MqttTopic("Float") Float value) {
            recorder.record(value);
        }

        void primitive(@Observes @MqttTopic("double") double value) {
            recorder.record(value);
        }

        void box(@Observes @MqttTopic("Double") Double value) {
            recorder.record(value);
        }

        void primitive(@Observes @MqttTopic("boolean") boolean value) {
            recorder.record(value);
        }

        void box(@Observes @MqttTopic("Boolean") Boolean value) {
            recorder.record(value);
        }

        void big(@Observes @MqttTopic("BigInteger") BigInteger value) {
            recorder.record(value);
        }

        void big(@Observes @MqttTopic("BigDecimal") BigDecimal value) {
            recorder.record(value);
        }
    }

    private static Deployment deployment;

    @BeforeAll
    static void deploy() {
        deployment = Deployment.of(Observers.class, FailureRecorder.class);
    }

    @AfterAll
    static void undeploy() {
        deployment.close();
    }

    static Stream<Arguments> values() {
        return Stream.of(
                arguments("MqttMessage", "text", "text"),
                arguments("MqttMessage", NOT_UTF_8, "4\ufffd2"),
                arguments("Object", "text", "text"),
                arguments("byte[]", "", ""),
                arguments("byte[]", ONE_MEGABYTE, ONE_MEGABYTE),
                arguments("ByteBuffer", "", ""),
                arguments("ByteBuffer", ONE_MEGABYTE, ONE_MEGABYTE),
                arguments("String", "", ""),
                arguments("String", " \t\n", " \t\n"),
                arguments("String", "K\u00fcche " + PAIR, "K\u00fcche " + PAIR),
                arguments("String", "\ufeffbom\u0000", "\ufeffbom\u0000"),
                arguments("String", ONE_MEGABYTE, ONE_MEGABYTE),
                arguments("byte", "-128", Byte.MIN_VALUE),
                arguments("Byte", "127", Byte.MAX_VALUE),
                arguments("short", "-32768", Short.MIN_VALUE),
                arguments("Short", "32767", Short.MAX_VALUE),
                arguments("int", "-2147483648", Integer.MIN_VALUE),
                arguments("int", " 42\r\n", 42),
                arguments("int", "+7", 7),
                arguments("int", "007", 7),
                arguments("Integer", "2147483647", Integer.MAX_VALUE),
                arguments("long", "-9223372036854775808", Long.MIN_VALUE),
                arguments("Long", "9223372036854775807", Long.MAX_VALUE),
                arguments("float", "1.4e-45", Float.MIN_VALUE),
                arguments("float", "-3.4028235E38", -Float.MAX_VALUE),
                arguments("Float", "NaN", Float.NaN),
                arguments("Float", "1e39", Float.POSITIVE_INFINITY), // as Java reads it
                arguments("double", "21", 21.0),
                arguments("double", "21.", 21.0),
                arguments("double", ".5", .5),
                arguments("double", "\t-21.5e-3 ", -0.0215),
                arguments("double", "-0", -0.0),
                arguments("double", "4.9E-324", Double.MIN_VALUE),
                arguments("Double", "1.7976931348623157E308", Double.MAX_VALUE),
                arguments("Double", "NaN", Double.NaN),
                arguments("Double", "-Infinity", Double.NEGATIVE_INFINITY),
                arguments("boolean", "true", true),
                arguments("boolean", " False\n", false),
                arguments("Boolean", "TRUE", true),
                arguments(
                        "BigInteger",
                        "123456789012345678901234567890",
                        new BigInteger("123456789012345678901234567890")),
                arguments("BigDecimal", "-0.10", new BigDecimal("-0.10")));
    }

    @ParameterizedTest
    @MethodSource("values")
    void payload_reachesTheObserverAs(String type, Object payload, Object value) {
        assertThat(deployment.receive(type, payload)).isEqualTo(Outcome.HANDLED);
        assertThat(deployment.recorded()).containsExactly(value);
    }

    static Stream<Arguments> noValues() {
        return Stream.of(
                arguments("String", NOT_UTF_8, "the payload is not UTF-8"),
                arguments("byte", "-129", "not such a number"),
                arguments("Byte", "128", "not such a number"),
                arguments("short", "32768", "not such a number"),
                arguments("Short", "-32769", "not such a number"),
                arguments("int", "2147483648", "not such a number"),
                arguments("int", "", "empty payload"),
                arguments("int", " \n", "not such a number"),
                arguments("int", "1.0", "not such a number"),
                arguments("int", "1 2", "not such a number"),
                arguments("int", "0x10", "not such a number"),
                arguments("int", NOT_UTF_8, "the payload is not UTF-8"),
                arguments("Integer", "null", "not such a number"),
                arguments("long", "9223372036854775808", "not such a number"),
                arguments("Long", "1L", "not such a number"),
                arguments("float", "1f", "not such a number"),
                arguments("double", "1d", "not such a number"),
                arguments("double", "0x1p3", "not such a number"),
                arguments("double", "1,5", "not such a number"),
                arguments("double", "1e", "not such a number"),
                arguments("double", ".", "not such a number"),
                arguments("double", "nan", "not such a number"),
                arguments("double", "", "empty payload"),
                arguments("double", "1".repeat(1_000_000) + "x", "not such a number"),
                arguments("boolean", "", "empty payload"),
                arguments("boolean", "1", "neither 'true' nor 'false'"),
                arguments("Boolean", "yes", "neither 'true' nor 'false'"),
                arguments("BigInteger", "1.0", "not such a number"),
                arguments("BigDecimal", "NaN", "not such a number"));
    }

    @ParameterizedTest
    @MethodSource("noValues")
    void payload_thatDoesNotConvert_isReported_andTheObserverNotCalled(String type, Object payload, String reason) {
        try (LogRecorder log = LogRecorder.of("io.github.cdimqtt")) {
            assertThat(deployment.receive(type, payload)).isEqualTo(Outcome.FAILED);
            String text = "the payload on '" + type + "' does not convert to " + type + ": " + reason;
            assertThat(log.lines())
                    .singleElement()
                    .asString()
                    .endsWith("failed on a message to '" + type + "': " + text);
            assertThat(log.thrown()).isEmpty();
            assertThat(deployment.recorded())
                    .singleElement()
                    .isInstanceOfSatisfying(
                            MqttEvent.MessageFailed.class,
                            failed -> assertThat(failed.cause()).hasMessage(text));
        }
    }
}
