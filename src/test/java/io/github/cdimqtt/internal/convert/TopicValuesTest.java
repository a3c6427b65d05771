package io.github.cdimqtt.internal.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.lang.reflect.Type;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class TopicValuesTest {

    enum Side {
        LEFT,
        RIGHT {
            @Override
            public String toString() {
                return "to the right";
            }
        }
    }

    static Stream<Arguments> values() {
        UUID uuid = UUID.fromString("123e4567-e89b-12d3-a456-426614174000");
        return Stream.of(
                arguments(String.class, "", ""),
                arguments(String.class, "K\u00fcche 1", "K\u00fcche 1"),
                arguments(int.class, "-2147483648", Integer.MIN_VALUE),
                arguments(Integer.class, "2147483647", Integer.MAX_VALUE),
                arguments(long.class, "9223372036854775807", Long.MAX_VALUE),
                arguments(Long.class, "-9223372036854775808", Long.MIN_VALUE),
                arguments(UUID.class, uuid.toString(), uuid),
                arguments(double.class, "-21.5", -21.5),
                arguments(boolean.class, "true", true),
                arguments(char.class, "x", 'x'),
                arguments(LocalDate.class, "2026-01-31", LocalDate.of(2026, 1, 31)),
                arguments(Side.class, "LEFT", Side.LEFT),
                arguments(Side.class, "RIGHT", Side.RIGHT));
    }

    @ParameterizedTest
    @MethodSource("values")
    void read_ofAValue_convertsIt(Type type, String text, Object value) {
        assertThat(TopicValues.supports(type, false)).isTrue();
        assertThat(TopicValues.read("n", text, type)).isEqualTo(value);
    }

    static Stream<Arguments> noValues() {
        return Stream.of(
                arguments(int.class, "", "the topic variable {n} is '', not of type int"),
                arguments(int.class, "2147483648", "the topic variable {n} is '2147483648', not of type int"),
                arguments(Integer.class, " 1", "the topic variable {n} is ' 1', not of type Integer"),
                arguments(
                        long.class,
                        "9223372036854775808",
                        "the topic variable {n} is '9223372036854775808', not of type long"),
                arguments(Long.class, "1.0", "the topic variable {n} is '1.0', not of type Long"),
                arguments(double.class, "", "the topic variable {n} is '', not of type double"),
                arguments(LocalDate.class, "31", "the topic variable {n} is '31', not of type LocalDate"),
                arguments(UUID.class, "123", "the topic variable {n} is '123', not of type UUID"),
                arguments(Side.class, "left", "the topic variable {n} is 'left', not one of Side"));
    }

    @ParameterizedTest
    @MethodSource("noValues")
    void read_ofAnotherType_isReported(Type type, String text, String message) {
        assertThatThrownBy(() -> TopicValues.read("n", text, type))
                .isInstanceOf(ConversionException.class)
                .hasMessage(message);
    }

    @Test
    void supports_ofOtherTypes_isFalse() {
        assertThat(List.<Type>of(
                        Object.class, Enum.class, CharSequence.class, byte[].class, List.class, Optional.class))
                .noneMatch(type -> TopicValues.supports(type, false));
    }

    @ParameterizedTest
    @CsvSource({"java.lang.String, true", "java.lang.Integer, false", "java.util.UUID, false"})
    void supports_ofTheRestOfATopic_isTrueForStringAlone(Class<?> type, boolean expected) {
        assertThat(TopicValues.supports(type, true)).isEqualTo(expected);
    }
}
