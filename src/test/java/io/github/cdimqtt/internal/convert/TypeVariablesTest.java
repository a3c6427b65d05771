package io.github.cdimqtt.internal.convert;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TypeVariablesTest {

    /** Each field of an open type has one of the same name in {@link Known}, of the type that it stands for. */
    @SuppressWarnings("unused") // read by reflection
    static class Open<K, V> {
        V variable;
        List<V> list;
        Map<K, List<V>> nested;
        V[] array;
        List<V>[] arrayOfLists;
        List<? extends V> upper;
        List<? super K> lower;
        List<?> unbounded;
        Set<String> closed;
        int[] primitives;
    }

    @SuppressWarnings("unused") // read by reflection
    static class Known {
        Integer variable;
        List<Integer> list;
        Map<String, List<Integer>> nested;
        Integer[] array;
        List<Integer>[] arrayOfLists;
        List<? extends Integer> upper;
        List<? super String> lower;
        List<?> unbounded;
        Set<String> closed;
        int[] primitives;
    }

    static class Middle<V> extends Open<String, V> {}

    static class Sub extends Middle<Integer> {}

    private static Type type(Class<?> declaring, String field) throws Exception {
        return declaring.getDeclaredField(field).getGenericType();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "variable",
                "list",
                "nested",
                "array",
                "arrayOfLists",
                "upper",
                "lower",
                "unbounded",
                "closed",
                "primitives"
            })
    void type_hasTheArgumentsOfTheSubclass(String field) throws Exception {
        Type resolved = TypeVariables.resolve(type(Open.class, field), Sub.class);
        assertThat(resolved).isEqualTo(type(Known.class, field));
        assertThat(TypeVariables.isOpen(resolved)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"variable", "list", "nested", "array", "arrayOfLists", "upper"})
    void type_thatTheSubclassLeavesOpen_isOpen(String field) throws Exception {
        assertThat(TypeVariables.isOpen(TypeVariables.resolve(type(Open.class, field), Middle.class)))
                .isTrue();
    }

    @Test
    void lowerBound_ofAVariable_isOpen() throws Exception {
        assertThat(TypeVariables.isOpen(type(Open.class, "lower"))).isTrue();
    }
}
