package io.github.cdimqtt.internal.convert;

import io.github.cdimqtt.internal.text.Printable;
import io.github.cdimqtt.internal.text.TextType;
import io.github.cdimqtt.internal.text.TypeName;
import java.lang.reflect.Type;

/** Converts topic variables to the types that are written as text. */
public final class TopicValues {

    private TopicValues() {}

    /** Returns whether any variable converts to a type. */
    public static boolean isAny(Type type) {
        return supports(type, false);
    }

    /** Returns whether a variable converts to a type; {@code {name#}} converts to {@code String} alone. */
    public static boolean supports(Type type, boolean multiLevel) {
        return multiLevel ? type == String.class : TextType.of(type) != null;
    }

    /**
     * Converts a value.
     *
     * @throws ConversionException if it does not convert
     */
    public static Object read(String name, String text, Type type) {
        TextType reader = TextType.of(type);
        try {
            if (reader != null) {
                return reader.parse(text);
            }
        } catch (IllegalArgumentException e) {
            // thrown below
        }
        throw new ConversionException("the topic variable {" + name + "} is '" + Printable.of(text) + "', not "
                + (type instanceof Class<?> c && c.isEnum()
                        ? "one of " + TypeName.of(type)
                        : "of type " + TypeName.of(type)));
    }
}
