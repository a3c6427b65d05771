package io.github.cdimqtt.internal.cdi;

import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.MqttMessage;
import io.github.cdimqtt.PayloadConverter;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.Prioritized;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All converters of an application as one: the built-in types, then the beans by priority, then JSON-B where it is
 * present. Thread-safe.
 */
final class Converters implements PayloadConverter<Object> {
    private static final int LAST = Integer.MAX_VALUE;

    private final ApplicationBeans beans;
    private final List<Bean<?>> converterBeans;
    private final @Nullable PayloadConverter<Object> lastResort;
    private volatile @Nullable List<PayloadConverter<Object>> inOrder;

    Converters(ApplicationBeans beans, @Nullable PayloadConverter<Object> lastResort) {
        this.beans = beans;
        this.lastResort = lastResort;
        this.converterBeans = new ArrayList<>(beans.all(PayloadConverter.class, Any.Literal.INSTANCE));
        converterBeans.sort(Comparator.<Bean<?>>comparingInt(Converters::priority)
                .thenComparing(bean -> bean.getBeanClass().getName()));
    }

    /** Lets go of what JSON-B holds. The beans are the container's. */
    void close() {
        if (lastResort instanceof JsonbConverter jsonb) {
            jsonb.close();
        }
    }

    /** Tells, without an instance of any bean, whether a type can be converted. */
    boolean promise(Type type) {
        return PayloadConverter.builtIn().supports(type)
                || lastResort != null
                || converterBeans.stream().anyMatch(bean -> promises(bean, type));
    }

    @Override
    public boolean supports(Type type) {
        return find(type) != null;
    }

    /**
     * Reads a payload.
     *
     * @throws ConversionException if it is no such value
     */
    @Override
    public Object read(MqttMessage message, Type type) {
        try {
            PayloadConverter<Object> converter = find(type);
            if (converter == null) {
                throw new MqttException("no PayloadConverter supports it");
            }
            Object value = converter.read(message, type);
            if (value == null) {
                throw new MqttException("the converter made null of it");
            }
            return value;
        } catch (Exception | StackOverflowError e) { // JSON may be deep
            throw ConversionException.ofPayload(message, type, e);
        }
    }

    @Override
    public byte[] write(Object value) throws Exception {
        PayloadConverter<Object> converter = find(value.getClass());
        if (isText(value) && (converter == null || converter == lastResort)) {
            converter = PayloadConverter.builtIn();
        }
        if (converter == null) {
            throw new MqttException(
                    "there is no PayloadConverter for " + value.getClass().getName());
        }
        return converter.write(value);
    }

    /** Tells whether a value is sent as its text or bytes although nothing reads one of its class. */
    private static boolean isText(Object value) {
        return value instanceof CharSequence || value instanceof Number || value instanceof ByteBuffer;
    }

    private @Nullable PayloadConverter<Object> find(Type type) {
        if (PayloadConverter.builtIn().supports(type)) {
            return PayloadConverter.builtIn();
        }
        for (PayloadConverter<Object> each : inOrder()) {
            if (each.supports(type)) {
                return each;
            }
        }
        return null;
    }

    private List<PayloadConverter<Object>> inOrder() {
        List<PayloadConverter<Object>> known = inOrder;
        if (known == null) {
            List<PayloadConverter<Object>> all = new ArrayList<>();
            converterBeans.forEach(bean -> all.add(instance(bean)));
            if (lastResort != null) {
                all.add(lastResort);
            }
            known = List.copyOf(all);
            inOrder = known;
        }
        return known;
    }

    @SuppressWarnings("unchecked") // asked by supports() before each use
    private PayloadConverter<Object> instance(Bean<?> bean) {
        return (PayloadConverter<Object>) beans.reference(bean, converterType(bean));
    }

    private static boolean promises(Bean<?> bean, Type type) {
        if (converterType(bean) instanceof ParameterizedType converter) {
            Type promised = converter.getActualTypeArguments()[0];
            return promised == Object.class || promised instanceof TypeVariable || promised.equals(type);
        }
        return true; // of a raw type: nothing is known before run time
    }

    /** Returns the type of the bean that is a {@code PayloadConverter<T>}. */
    private static Type converterType(Bean<?> bean) {
        Type type = ApplicationBeans.typeOf(bean, PayloadConverter.class);
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
