package io.github.cdimqtt.internal.convert;

import static java.util.Objects.requireNonNull;

import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.MqttMessage;
import io.github.cdimqtt.PayloadConverter;
import io.github.cdimqtt.internal.beans.BeanLookup;
import io.github.cdimqtt.internal.text.TextType;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.Prioritized;
import java.lang.invoke.MethodType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All converters of an application as one. Bytes and messages are never converted. All other types are converted by the first
 * that supports them: a converter bean, by priority, then the built-in one for types written as text, then JSON-B if it is
 * present. Thread-safe.
 */
public final class Converters implements PayloadConverter<Object> {
    private static final Set<Type> NEVER_CONVERTED = Set.of(byte[].class, ByteBuffer.class, MqttMessage.class);
    private static final byte[] EMPTY = {};
    private static final int LAST = Integer.MAX_VALUE;

    /** A converter of the application, with the type that it is declared for. */
    private record Declared(PayloadConverter<Object> converter, Type of) {

        /** Returns the type, or its box or primitive, that it supports; null for none. */
        @Nullable
        Type supported(Type type) {
            Type box = TextType.boxed(type);
            if (converter.supports(box)) {
                return box;
            }
            Type primitive = box instanceof Class<?> c
                    ? MethodType.methodType(c).unwrap().returnType()
                    : box;
            return primitive != box && converter.supports(primitive) ? primitive : null;
        }

        /** The class of a value may be a subclass of the supported type, as that of an enum constant. */
        boolean writes(Object value) {
            return supported(value instanceof Enum<?> constant ? constant.getDeclaringClass() : value.getClass())
                            != null
                    || of instanceof Class<?> c && c != Object.class && c.isInstance(value) && converter.supports(c);
        }
    }

    private final @Nullable BeanLookup beans; // null without an application
    private final List<Bean<?>> converterBeans;
    private final @Nullable PayloadConverter<Object> lastResort;
    private volatile @Nullable List<Declared> inOrder;

    /** The converters of no application: one, where it supports a type, and the built-in ones. */
    public static Converters of(@Nullable PayloadConverter<?> first) {
        return new Converters(first);
    }

    @SuppressWarnings("unchecked") // supports() is called before each use
    private Converters(@Nullable PayloadConverter<?> first) {
        this.beans = null;
        this.lastResort = JsonbConverter.ifPresent();
        this.converterBeans = List.of();
        this.inOrder =
                first == null ? List.of() : List.of(new Declared((PayloadConverter<Object>) first, Object.class));
    }

    public Converters(BeanLookup beans, @Nullable PayloadConverter<Object> lastResort) {
        this.beans = beans;
        this.lastResort = lastResort;
        this.converterBeans = new ArrayList<>(beans.all(PayloadConverter.class, Any.Literal.INSTANCE));
        converterBeans.sort(Comparator.<Bean<?>>comparingInt(Converters::priority)
                .thenComparing(bean -> bean.getBeanClass().getName()));
    }

    /** Closes JSON-B. The container destroys the beans. */
    public void close() {
        if (lastResort instanceof JsonbConverter jsonb) {
            jsonb.close();
        }
    }

    /** Returns whether a type may be converted, without an instance of any bean. */
    public boolean promise(Type type) {
        Type inner = Optionals.inner(type);
        return PayloadConverter.builtIn().supports(type)
                || lastResort != null && lastResort.supports(type)
                || converterBeans.stream().anyMatch(bean -> promises(bean, TextType.boxed(type)))
                || inner != null && promise(inner);
    }

    /** Returns whether JSON can be read. */
    public boolean hasJson() {
        return lastResort != null;
    }

    /** Returns a sentence for each bean that can't be used. */
    public List<String> unproxyable() {
        return converterBeans.stream()
                .map(bean -> requireNonNull(beans).unproxyable(bean, converterType(bean)))
                .filter(Objects::nonNull)
                .toList();
    }

    /** Returns the beans that are declared for types that are never converted. */
    public List<Bean<?>> neverAsked() {
        return converterBeans.stream()
                .filter(bean -> NEVER_CONVERTED.contains(declared(bean)))
                .toList();
    }

    @Override
    public boolean supports(Type type) {
        Type inner = Optionals.inner(type);
        return PayloadConverter.builtIn().supports(type)
                || lastResort != null && lastResort.supports(type)
                || inOrder().stream().anyMatch(each -> each.supported(type) != null)
                || inner != null && supports(inner);
    }

    /**
     * Reads a payload.
     *
     * @throws ConversionException if it is no such value
     */
    @Override
    public Object read(MqttMessage message, Type type) {
        Type inner = Optionals.inner(type);
        try {
            Object value = convert(message, type, inner);
            if (value == null) {
                throw new MqttException("the converter made null of it");
            }
            return value;
        } catch (Exception | StackOverflowError e) { // the latter for deep JSON
            throw ConversionException.ofPayload(message, inner == null ? type : inner, e);
        }
    }

    private @Nullable Object convert(MqttMessage message, Type type, @Nullable Type inner) throws Exception {
        if (!NEVER_CONVERTED.contains(type)) {
            for (Declared each : inOrder()) {
                Type supported = each.supported(type);
                if (supported != null) {
                    return each.converter().read(message, supported);
                }
            }
        }
        if (inner != null) {
            boolean empty = !message.payloadBuffer().hasRemaining();
            return Optionals.of(type, empty ? null : convert(message, inner, Optionals.inner(inner)));
        }
        if (PayloadConverter.builtIn().supports(type)) {
            return PayloadConverter.builtIn().read(message, type);
        }
        if (lastResort != null && lastResort.supports(type)) {
            return lastResort.read(message, type);
        }
        throw new MqttException("no PayloadConverter supports it");
    }

    @Override
    @SuppressWarnings("NullAway") // null of a converter of the application is passed on
    public byte[] write(Object value) throws Exception {
        return written(value).bytes();
    }

    /** Writes a value, and tells what is known of its bytes. */
    public WrittenPayload written(Object value) throws Exception {
        if (value instanceof byte[] || value instanceof ByteBuffer || value instanceof MqttMessage) {
            return WrittenPayload.ofBytes(PayloadConverter.builtIn().write(value));
        }
        for (Declared each : inOrder()) {
            if (each.writes(value)) {
                return WrittenPayload.ofBytes(each.converter().write(value));
            }
        }
        if (value instanceof CharSequence text && !(value instanceof String)) {
            return written(text.toString());
        }
        if (Optionals.isOptional(value)) {
            Object content = Optionals.content(value);
            return content == null ? WrittenPayload.ofBytes(EMPTY) : written(content);
        }
        if (TextType.write(value) != null) {
            return WrittenPayload.ofText(PayloadConverter.builtIn().write(value));
        }
        if (lastResort != null) {
            return WrittenPayload.ofJson(lastResort.write(value));
        }
        throw new MqttException(
                "there is no PayloadConverter for " + value.getClass().getName());
    }

    private List<Declared> inOrder() {
        List<Declared> known = inOrder;
        if (known == null) {
            known = converterBeans.stream()
                    .map(bean -> new Declared(instance(bean), declared(bean)))
                    .toList();
            inOrder = known;
        }
        return known;
    }

    @SuppressWarnings("unchecked") // supports() is called before each use
    private PayloadConverter<Object> instance(Bean<?> bean) {
        return (PayloadConverter<Object>) requireNonNull(beans).reference(bean, converterType(bean));
    }

    private static boolean promises(Bean<?> bean, Type type) {
        Type declared = declared(bean);
        return declared == Object.class || declared instanceof TypeVariable || declared.equals(type);
    }

    /** Returns the {@code T} of a {@code PayloadConverter<T>}; {@code Object} for a raw type, which is known only at run time. */
    private static Type declared(Bean<?> bean) {
        return converterType(bean) instanceof ParameterizedType converter
                ? converter.getActualTypeArguments()[0]
                : Object.class;
    }

    /** Returns the type of the bean that is a {@code PayloadConverter<T>}. */
    private static Type converterType(Bean<?> bean) {
        Type type = BeanLookup.typeOf(bean, PayloadConverter.class);
        return type == null ? PayloadConverter.class : type;
    }

    private static int priority(Bean<?> bean) {
        if (bean instanceof Prioritized prioritized) {
            return prioritized.getPriority();
        }
        Priority priority = bean.getBeanClass().getAnnotation(Priority.class);
        return priority == null ? LAST : priority.value();
    }
}
