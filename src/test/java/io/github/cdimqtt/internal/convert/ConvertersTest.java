package io.github.cdimqtt.internal.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.MqttMessage;
import io.github.cdimqtt.PayloadConverter;
import io.github.cdimqtt.internal.portable.TestedFront;
import io.github.cdimqtt.support.TestContainer;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import java.io.IOException;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("container")
class ConvertersTest {

    public record Reading(String by) {}

    /** A converter for any type; its subclasses differ only in what CDI sees of them. */
    abstract static class Named<T> implements PayloadConverter<T> {
        @Override
        public boolean supports(Type type) {
            return type == Reading.class;
        }

        @Override
        @SuppressWarnings("unchecked")
        public T read(MqttMessage message, Type type) {
            return (T) new Reading(getClass().getSimpleName().replaceAll("[^A-Za-z].*", ""));
        }

        @Override
        public byte[] write(T value) {
            return "bean".getBytes();
        }
    }

    @Dependent
    @Priority(20)
    static class Second extends Named<Reading> {}

    @ApplicationScoped
    @Priority(10)
    static class First extends Named<Reading> {}

    @Dependent
    static class Unordered extends Named<Object> {}

    @Dependent
    @Priority(1)
    static class OfOtherTypes extends Named<Object> {
        @Override
        public boolean supports(Type type) {
            return type == AtomicInteger.class;
        }
    }

    @Dependent
    static class Throwing extends Named<Reading> {
        @Override
        public Reading read(MqttMessage message, Type type) {
            switch (message.topic()) {
                case "described" -> throw new MqttException("no unit");
                case "nested" -> message.as(int.class);
                case "null" -> {
                    return null;
                }
                case "deep" -> throw new StackOverflowError();
                default ->
                    throw new IllegalArgumentException(
                            message.text(), new IOException(message.text(), new IOException()));
            }
            return new Reading("never");
        }

        @Override
        public byte[] write(Reading value) {
            return null;
        }
    }

    @Dependent
    static class Checked extends Named<Reading> {
        @Override
        public Reading read(MqttMessage message, Type type) {
            return sneak(new IOException(message.text()));
        }

        @SuppressWarnings("unchecked")
        private static <E extends Exception> Reading sneak(Exception e) throws E {
            throw (E) e;
        }
    }

    /** A converter that is no bean. */
    private static final class Plain extends Named<Reading> {}

    @Dependent
    static class Producer {
        @Produces
        @ApplicationScoped
        PayloadConverter<Reading> converter() {
            return new Plain();
        }
    }

    private static final MqttMessage MESSAGE = MqttMessage.of("t", "secret");

    private static Reading read(MqttMessage message, Class<?>... beans) {
        try (TestContainer container = TestContainer.start(beans)) {
            return (Reading) converters(container).read(message, Reading.class);
        }
    }

    private static Converters converters(TestContainer container) {
        return new Converters(TestedFront.beans(container), JsonbConverter.ifPresent());
    }

    @Test
    void beans_areTriedInTheOrderOfTheirPriority() {
        assertThat(read(MESSAGE, Second.class, Unordered.class, First.class)).isEqualTo(new Reading("First"));
        assertThat(read(MESSAGE, Unordered.class, Second.class)).isEqualTo(new Reading("Second"));
        assertThat(read(MESSAGE, Unordered.class)).isEqualTo(new Reading("Unordered"));
    }

    @Test
    void bean_thatDoesNotSupportTheType_isSkipped() {
        assertThat(read(MESSAGE, OfOtherTypes.class, Second.class)).isEqualTo(new Reading("Second"));
    }

    @Test
    void producedBean_isAConverter() {
        assertThat(read(MESSAGE, Producer.class)).isEqualTo(new Reading("Plain"));
    }

    @Test
    void jsonB_isTheLastResort() {
        MqttMessage json = MqttMessage.of("t", "{\"by\": \"JSON-B\"}");
        assertThat(read(json, OfOtherTypes.class)).isEqualTo(new Reading("JSON-B"));
    }

    @Test
    void exception_ofABean_isReportedByItsTypeAlone() {
        assertThatThrownBy(() -> read(MESSAGE, Throwing.class))
                .isInstanceOf(ConversionException.class)
                .hasMessage("the payload on 't' does not convert to Reading: IllegalArgumentException, caused by"
                        + " IOException");
        assertThatThrownBy(() -> read(MESSAGE, Checked.class))
                .isInstanceOf(ConversionException.class)
                .hasMessage("the payload on 't' does not convert to Reading: IOException");
        assertThatThrownBy(() -> read(MqttMessage.of("deep", "secret"), Throwing.class))
                .isInstanceOf(ConversionException.class)
                .hasMessage("the payload on 'deep' does not convert to Reading: StackOverflowError");
    }

    @Test
    void mqttException_ofABean_isReportedWithItsMessage() {
        assertThatThrownBy(() -> read(MqttMessage.of("described", "secret"), Throwing.class))
                .isInstanceOf(ConversionException.class)
                .hasMessage("the payload on 'described' does not convert to Reading: no unit");
        assertThatThrownBy(() -> read(MqttMessage.of("nested", "secret"), Throwing.class))
                .isInstanceOf(ConversionException.class)
                .hasMessage(
                        "the payload on 'nested' does not convert to Reading: the payload on 'nested' does not convert to"
                                + " int: not such a number");
    }

    @Test
    void nullFromABean_isAConversionFailure() {
        assertThatThrownBy(() -> read(MqttMessage.of("null", "secret"), Throwing.class))
                .isInstanceOf(ConversionException.class)
                .hasMessage("the payload on 'null' does not convert to Reading: the converter made null of it");
    }

    @Test
    void typeWithoutConverter_isAConversionFailure() {
        try (TestContainer container = TestContainer.start(OfOtherTypes.class)) {
            Converters converters = new Converters(TestedFront.beans(container), null);
            assertThatThrownBy(() -> converters.read(MESSAGE, Reading.class))
                    .isInstanceOf(ConversionException.class)
                    .hasMessage("the payload on 't' does not convert to Reading: no PayloadConverter supports it");
        }
    }

    @Test
    void values_areWrittenByTheFirstConverterThatSupportsThem() throws Exception {
        try (TestContainer container = TestContainer.start(First.class)) {
            Converters converters = converters(container);
            assertThat(converters.write(new Reading("x"))).asString().isEqualTo("bean");
            assertThat(converters.write(List.of(1, 2))).asString().isEqualTo("[1,2]");
            assertThat(converters.write(new AtomicInteger(5))).asString().isEqualTo("5");
            assertThat(converters.write(new StringBuilder("text"))).asString().isEqualTo("text");
            assertThat(converters.write(ByteBuffer.wrap(new byte[] {'b'})))
                    .asString()
                    .isEqualTo("b");
            assertThat(converters.write(MESSAGE)).asString().isEqualTo("secret");
        }
    }

    @Test
    void bean_forNumbers_takesPrecedenceOverText() throws Exception {
        try (TestContainer container = TestContainer.start(OfOtherTypes.class)) {
            assertThat(converters(container).write(new AtomicInteger(5)))
                    .asString()
                    .isEqualTo("bean");
        }
    }

    @Test
    void value_withoutConverter_isAnError() {
        try (TestContainer container = TestContainer.start(First.class)) {
            Converters converters = new Converters(TestedFront.beans(container), null);
            assertThatThrownBy(() -> converters.write(List.of()))
                    .isInstanceOf(MqttException.class)
                    .hasMessageStartingWith("there is no PayloadConverter for java.util.");
        }
    }
}
