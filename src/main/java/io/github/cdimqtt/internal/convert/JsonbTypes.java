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
 * Which types JSON-B can make, as far as that is to be seen without making one (Jakarta JSON Binding 3.0 [3, 4.5]). In
 * doubt it can.
 */
final class JsonbTypes {
    /** Annotations that say how to make one; by name, as the API may be absent. */
    private static final String SAYS_HOW = "jakarta.json.bind.annotation.Jsonb";

    private JsonbTypes() {}

    /** Tells whether there can be a value of a type, without an adapter or deserializer from elsewhere. */
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
                || saysHow(type)
                || Stream.<Executable[]>of(type.getDeclaredMethods(), type.getDeclaredConstructors())
                        .flatMap(Stream::of)
                        .anyMatch(JsonbTypes::saysHow)
                || !Modifier.isAbstract(type.getModifiers()) && canWrite(type) && hasConstructor(type);
    }

    /** Tells whether values of a class are data: not what holds a resource, or code. */
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

    private static boolean saysHow(AnnotatedElement element) {
        return Stream.of(element.getAnnotations())
                .anyMatch(each -> each.annotationType().getName().startsWith(SAYS_HOW));
    }

    private static boolean hasConstructor(Class<?> type) {
        return Stream.of(type.getDeclaredConstructors()).anyMatch(each -> each.getParameterCount() == 0);
    }
}
