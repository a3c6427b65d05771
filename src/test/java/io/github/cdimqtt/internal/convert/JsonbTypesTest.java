package io.github.cdimqtt.internal.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cdimqtt.MqttException;
import jakarta.enterprise.util.TypeLiteral;
import jakarta.json.JsonObject;
import jakarta.json.bind.annotation.JsonbCreator;
import jakarta.json.bind.annotation.JsonbSubtype;
import jakarta.json.bind.annotation.JsonbTypeInfo;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.File;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.Serializable;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.util.AbstractList;
import java.util.Calendar;
import java.util.Deque;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SimpleTimeZone;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class JsonbTypesTest {

    public record Reading(int value) {}

    public static class Bean {}

    public static class Made {
        @JsonbCreator
        public Made(int value) {}
    }

    public static class Arguments {
        public Arguments(int value) {}
    }

    public class Inner {}

    public abstract static class Abstract {}

    public interface Interface {}

    @JsonbTypeInfo(@JsonbSubtype(alias = "circle", type = Circle.class))
    public interface Shape {}

    public static class Circle implements Shape {}

    public static class Generic<T> {
        public T value;
    }

    static Stream<Type> types() {
        return Stream.of(
                Reading.class,
                Bean.class,
                Made.class,
                Shape.class,
                Circle.class,
                Object.class,
                Number.class,
                int[].class,
                Reading[][].class,
                List.class,
                Deque.class,
                TreeMap.class,
                ConcurrentMap.class,
                EnumSet.class,
                UUID.class,
                Path.class,
                Calendar.class,
                SimpleTimeZone.class,
                Timestamp.class,
                OptionalInt.class,
                JsonObject.class,
                Exception.class,
                new TypeLiteral<List<Reading>>() {}.getType(),
                new TypeLiteral<List<? extends Reading>>() {}.getType(),
                new TypeLiteral<Map<String, List<LocalDate>>>() {}.getType(),
                new TypeLiteral<Generic<Interface>>() {}.getType(),
                new TypeLiteral<List<String>[]>() {}.getType());
    }

    @ParameterizedTest
    @MethodSource("types")
    void typeThatJsonMayHold_isRead(Type type) {
        assertThat(JsonbTypes.canRead(type)).isTrue();
    }

    static Stream<Type> otherTypes() {
        return Stream.of(
                InputStream.class,
                ByteArrayInputStream.class,
                PipedInputStream.class,
                Closeable.class,
                File.class,
                Thread.class,
                Class.class,
                ClassLoader.class,
                Void.class,
                StringBuilder.class,
                Runnable.class,
                Iterator.class,
                Serializable.class,
                CharSequence.class,
                AbstractList.class,
                Stream.class,
                Arguments.class,
                Inner.class,
                Abstract.class,
                Interface.class,
                Interface[].class,
                new TypeLiteral<Class<?>>() {}.getType(),
                new TypeLiteral<Supplier<String>>() {}.getType(),
                new TypeLiteral<List<InputStream>>() {}.getType(),
                new TypeLiteral<Map<String, ? extends Interface>>() {}.getType(),
                new TypeLiteral<Optional<Thread>>() {}.getType(),
                new TypeLiteral<List<Interface>[]>() {}.getType());
    }

    @ParameterizedTest
    @MethodSource("otherTypes")
    void typeThatJsonCannotHold_isNotRead(Type type) {
        assertThat(JsonbTypes.canRead(type)).isFalse();
    }

    @Test
    void valueThatIsNoData_isNotWritten() {
        Runnable code = () -> {};
        for (Object each : List.of(new ByteArrayInputStream(new byte[1]), code, Thread.currentThread(), String.class)) {
            assertThatThrownBy(() -> JsonbConverter.ifPresent().write(each))
                    .isInstanceOf(MqttException.class)
                    .hasMessage("no PayloadConverter writes it, and it is no value that JSON could hold");
        }
    }
}
