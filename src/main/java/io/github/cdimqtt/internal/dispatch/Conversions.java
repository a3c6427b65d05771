package io.github.cdimqtt.internal.dispatch;

import io.github.cdimqtt.MqttMessage;
import io.github.cdimqtt.internal.convert.ConversionException;
import io.github.cdimqtt.internal.convert.Converters;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

/** What one message was converted to: once for each type, however many observers share it. Thread-safe. */
final class Conversions {
    private final MqttMessage message;
    private final Converters converters;
    private final Map<Type, Object> done = new HashMap<>(); // the value, or the ConversionException

    Conversions(MqttMessage message, Converters converters) {
        this.message = message;
        this.converters = converters;
    }

    /**
     * Returns the payload as a value of a type.
     *
     * @throws ConversionException if it is no such value
     */
    synchronized Object to(Type type) {
        if (type == byte[].class || type == ByteBuffer.class) {
            return converters.read(message, type); // each observer may change its own
        }
        Object value = done.get(type);
        if (value == null) {
            try {
                value = converters.read(message, type);
            } catch (ConversionException e) {
                value = e;
            }
            done.put(type, value);
        }
        if (value instanceof ConversionException failed) {
            throw failed;
        }
        return value;
    }
}
