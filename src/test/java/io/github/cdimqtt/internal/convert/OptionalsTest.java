package io.github.cdimqtt.internal.convert;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.enterprise.util.TypeLiteral;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class OptionalsTest {
    private static final Type OF_TEXT = new TypeLiteral<Optional<String>>() {}.getType();

    static Stream<Arguments> optionals() {
        return Stream.of(
                Arguments.of(OF_TEXT, String.class, "a", Optional.of("a"), Optional.empty()),
                Arguments.of(OptionalInt.class, int.class, 1, OptionalInt.of(1), OptionalInt.empty()),
                Arguments.of(OptionalLong.class, long.class, 2L, OptionalLong.of(2), OptionalLong.empty()),
                Arguments.of(OptionalDouble.class, double.class, 0.5, OptionalDouble.of(0.5), OptionalDouble.empty()));
    }

    @ParameterizedTest
    @MethodSource("optionals")
    void optional_holdsAValue_orNone(Type type, Type inner, Object value, Object full, Object empty) {
        assertThat(Optionals.inner(type)).isEqualTo(inner);
        assertThat(Optionals.of(type, value)).isEqualTo(full);
        assertThat(Optionals.of(type, null)).isEqualTo(empty);
        assertThat(Optionals.isOptional(full)).isTrue();
        assertThat(Optionals.content(full)).isEqualTo(value);
        assertThat(Optionals.content(empty)).isNull();
    }

    @Test
    void otherTypes_areNotOptional() {
        assertThat(Optionals.inner(String.class)).isNull();
        assertThat(Optionals.inner(new TypeLiteral<List<String>>() {}.getType()))
                .isNull();
        assertThat(Optionals.isOptional("a")).isFalse();
    }
}
