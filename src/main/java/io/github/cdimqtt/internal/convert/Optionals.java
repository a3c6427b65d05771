package io.github.cdimqtt.internal.convert;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A payload that may be empty, as when a retained message is removed (MQTT 3.1.1 [3.3.1-10]): {@code Optional<T>}. */
final class Optionals {
    private static final Map<Type, Type> OF_PRIMITIVES =
            Map.of(OptionalInt.class, int.class, OptionalLong.class, long.class, OptionalDouble.class, double.class);

    private Optionals() {}

    /** Returns the type of the content of an optional type; null if a type is no optional one. */
    static @Nullable Type inner(Type type) {
        return type instanceof ParameterizedType optional && optional.getRawType() == Optional.class
                ? optional.getActualTypeArguments()[0]
                : OF_PRIMITIVES.get(type);
    }

    /** Returns a value of an optional type. */
    static Object of(Type type, @Nullable Object value) {
        if (type == OptionalInt.class) {
            return value == null ? OptionalInt.empty() : OptionalInt.of((int) value);
        }
        if (type == OptionalLong.class) {
            return value == null ? OptionalLong.empty() : OptionalLong.of((long) value);
        }
        if (type == OptionalDouble.class) {
            return value == null ? OptionalDouble.empty() : OptionalDouble.of((double) value);
        }
        return Optional.ofNullable(value);
    }

    static boolean isOptional(Object value) {
        return value instanceof Optional || OF_PRIMITIVES.containsKey(value.getClass());
    }

    /** Returns the content of an optional value; null if it is empty. */
    static @Nullable Object content(Object value) {
        if (value instanceof OptionalInt number) {
            return number.isPresent() ? number.getAsInt() : null;
        }
        if (value instanceof OptionalLong number) {
            return number.isPresent() ? number.getAsLong() : null;
        }
        if (value instanceof OptionalDouble number) {
            return number.isPresent() ? number.getAsDouble() : null;
        }
        return ((Optional<?>) value).orElse(null);
    }
}
