package io.github.cdimqtt.internal.convert;

import io.github.cdimqtt.internal.text.Printable;
import io.github.cdimqtt.internal.text.TextType;
import io.github.cdimqtt.internal.text.TypeName;
import java.lang.reflect.Type;

/** The types that a topic variable converts to: all that are written as text. */
public final class TopicValues {

    private TopicValues() {}

    /** Tells whether any variable converts to a type. */
    public static boolean isAny(Type type) {
        return supports(type, false);
    }

    /** Tells whether a variable converts to a type; {@code {name#}} is text of any number of levels, never more. */
    public static boolean supports(Type type, boolean multiLevel) {
        return multiLevel ? type == String.class : TextType.of(type) != null;
    }

    /**
     * Converts a value.
     *
     * @throws ConversionException if it is no such value
     */
    public static Object read(String name, String text, Type type) {
        TextType reader = TextType.of(type);
        try {
            if (reader != null) {
                return reader.parse(text);
            }
        } catch (IllegalArgumentException e) {
            // told below
        }
        throw new ConversionException("the topic variable {" + name + "} is '" + Printable.of(text) + "', not "
                + (type instanceof Class<?> c && c.isEnum()
                        ? "one of " + TypeName.of(type)
                        : "of type " + TypeName.of(type)));
    }
}
