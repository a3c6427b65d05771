package io.github.cdimqtt.internal.convert;

import io.github.cdimqtt.internal.text.TextType;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Executable;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.nio.file.Path;
import java.util.Calendar;
import java.util.Collection;
import java.util.Date;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TimeZone;
import java.util.stream.Stream;

/**
 * The types that JSON-B can read and write, as far as reflection shows (Jakarta JSON Binding 3.0 [3, 4.5]). In doubt it can.
 */
final class JsonbTypes {
    /** Annotations that configure a type; by name, as the API may be absent. */
    private static final String ANNOTATION = "jakarta.json.bind.annotation.Jsonb";

    private JsonbTypes() {}

    /** Returns whether JSON-B can read a type without an adapter or deserializer that is configured elsewhere. */
    static boolean canRead(Type type) {
        if (type instanceof ParameterizedType generic) {
            return canRead(generic.getRawType())
                    && (!isContainer((Class<?>) generic.getRawType())
                            || Stream.of(generic.getActualTypeArguments()).allMatch(JsonbTypes::canRead));
        }
        if (type instanceof GenericArrayType array) {
            return canRead(array.getGenericComponentType());
        }
        if (type instanceof WildcardType wildcard) {
            return canRead(wildcard.getUpperBounds()[0]);
        }
        if (type instanceof TypeVariable<?> variable) {
            return canRead(variable.getBounds()[0]);
        }
        return canRead((Class<?>) type);
    }

    private static boolean canRead(Class<?> type) {
        if (type.isArray()) {
            return canRead((Type) type.getComponentType());
        }
        return isKnown(type)
                || isAnnotated(type)
                || Stream.<Executable[]>of(type.getDeclaredMethods(), type.getDeclaredConstructors())
                        .flatMap(Stream::of)
                        .anyMatch(JsonbTypes::isAnnotated)
                || !Modifier.isAbstract(type.getModifiers()) && canWrite(type) && hasConstructor(type);
    }

    /** Returns whether values of a class are data, and hold no resource or code. */
    static boolean canWrite(Class<?> type) {
        boolean ofJdk = type.getName().startsWith("java.");
        return !(ofJdk && AutoCloseable.class.isAssignableFrom(type))
                && !Thread.class.isAssignableFrom(type)
                && !ClassLoader.class.isAssignableFrom(type)
                && !AnnotatedElement.class.isAssignableFrom(type)
                && !StringBuilder.class.equals(type)
                && !StringBuffer.class.equals(type)
                && !Void.class.equals(type)
                && !type.isHidden(); // a lambda
    }

    private static boolean isKnown(Class<?> type) {
        return TextType.of(type) != null
                || type == Object.class
                || type == Number.class
                || type == Path.class
                || type.isRecord()
                || isContainer(type) && (type.isInterface() || !Modifier.isAbstract(type.getModifiers()))
                || Stream.of(OptionalInt.class, OptionalLong.class, OptionalDouble.class)
                        .anyMatch(type::equals)
                || Stream.of(Date.class, Calendar.class, TimeZone.class).anyMatch(each -> each.isAssignableFrom(type))
                || type.getName().equals("java.util.EnumSet")
                || type.getName().equals("javax.xml.datatype.XMLGregorianCalendar")
                || type.getName().startsWith("jakarta.json.");
    }

    private static boolean isContainer(Class<?> type) {
        return Collection.class.isAssignableFrom(type) || Map.class.isAssignableFrom(type) || type == Optional.class;
    }

    private static boolean isAnnotated(AnnotatedElement element) {
        return Stream.of(element.getAnnotations())
                .anyMatch(each -> each.annotationType().getName().startsWith(ANNOTATION));
    }

    private static boolean hasConstructor(Class<?> type) {
        return Stream.of(type.getDeclaredConstructors()).anyMatch(each -> each.getParameterCount() == 0);
    }
}
