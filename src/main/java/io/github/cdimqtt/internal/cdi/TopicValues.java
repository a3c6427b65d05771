package io.github.cdimqtt.internal.cdi;

import io.github.cdimqtt.internal.text.Printable;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The types that a topic variable converts to. */
final class TopicValues {
    private static final Map<Type, Function<String, Object>> READERS = Map.of(
            String.class, text -> text,
            Integer.class, Integer::valueOf,
            Long.class, Long::valueOf,
            UUID.class, UUID::fromString);

    private TopicValues() {}

    /** Returns the type with its box in place of a primitive. */
    static Type boxed(Type type) {
        if (type == int.class) {
            return Integer.class;
        }
        return type == long.class ? Long.class : type;
    }

    /** Tells whether any variable converts to a type. */
    static boolean isAny(Type type) {
        return supports(type, false);
    }

    /** Tells whether a variable converts to a type; {@code {name#}} is text of any number of levels, never more. */
    static boolean supports(Type type, boolean multiLevel) {
        return multiLevel ? type == String.class : reader(type) != null;
    }

    /**
     * Converts a value.
     *
     * @throws ConversionException if it is no such value
     */
    static Object read(String name, String text, Type type) {
        Function<String, Object> reader = reader(type);
        try {
            if (reader != null) {
                return reader.apply(text);
            }
        } catch (IllegalArgumentException e) {
            // told below
        }
        throw new ConversionException("the topic variable {" + name + "} is '" + Printable.of(text) + "', not "
                + (type instanceof Class<?> c && c.isEnum()
                        ? "one of " + Place.name(type)
                        : "of type " + Place.name(type)));
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // an enum class, as just tested
    private static @Nullable Function<String, Object> reader(Type type) {
        if (type instanceof Class<?> c && c.isEnum()) {
            return text -> Enum.valueOf((Class<? extends Enum>) c, text);
        }
        return READERS.get(boxed(type));
    }
}
