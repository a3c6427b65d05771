package io.github.cdimqtt.internal.lite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TypeTreeTest {

    static class Box<T> {}

    /** A type for each form. */
    @SuppressWarnings("unused") // read by reflection
    static class Types<V> {
        String text;
        double number;
        int[][] arrays;
        List<String> list;
        Map<String, List<Box<Integer>>> nested;
        List<String>[] arrayOfGenerics;
        List<? extends Number> upper;
        List<? super Integer> lower;
        Map<?, Box<?>[]> unbounded;
    }

    static Stream<Type> types() {
        return Stream.of(Types.class.getDeclaredFields())
                .filter(field -> !field.isSynthetic())
                .map(field -> field.getGenericType());
    }

    @ParameterizedTest
    @MethodSource("types")
    void type_isEqualToThatOfTheJdk_bothWays(Type type) {
        Type read = TypeTree.of(type).type();
        assertThat(read).isEqualTo(type);
        assertThat(type).isEqualTo(read);
        assertThat(read).hasSameHashCodeAs(type);
        assertThat(read.getTypeName()).isEqualTo(type.getTypeName());
    }

    @Test
    void typeVariable_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TypeTree.of(Types.class.getTypeParameters()[0]))
                .withMessageContaining("V");
    }
}
