package io.github.cdimqtt.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.enterprise.util.TypeLiteral;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TypeNameTest {

    static Stream<Arguments> types() {
        return Stream.of(
                Arguments.of(int.class, "int"),
                Arguments.of(byte[].class, "byte[]"),
                Arguments.of(Map.Entry.class, "Entry"),
                Arguments.of(new TypeLiteral<List<Map<String, byte[]>>>() {}.getType(), "List<Map<String, byte[]>>"),
                Arguments.of(new TypeLiteral<List<String>[]>() {}.getType(), "List<String>[]"),
                Arguments.of(
                        new TypeLiteral<Map<? extends Number, ? super Map.Entry<?, ?>>>() {}.getType(),
                        "Map<? extends Number, ? super Entry<?, ?>>"));
    }

    @ParameterizedTest
    @MethodSource("types")
    void of_aType_isWithoutPackages(Type type, String name) {
        assertThat(TypeName.of(type)).isEqualTo(name);
    }
}
