package io.github.cdimqtt;

import java.lang.reflect.Type;

/**
 * Turns payloads into objects and back: a CDI bean of this type is used for observed parameters, {@link
 * MqttMessage#as(Class)} and {@link Mqtt#publish(String, Object)}. {@code @Priority} orders them, lower values first.
 *
 * <p>Checked at deployment by the bean's own {@code T}; a {@code PayloadConverter<Object>} counts as one for any type,
 * and {@link #supports(Type)} is asked at run time only. Must be thread-safe.
 *
 * @param <T> what it reads and writes
 */
public interface PayloadConverter<T> {

    /** Tells whether this converter reads and writes the type. */
    boolean supports(Type type);

    /**
     * Reads a payload.
     *
     * @param message the message, for its payload and topic
     * @param type the type wanted; {@link #supports(Type)} said yes to it
     * @throws Exception if the payload is no such value: the message then counts as failed for the observer
     */
    T read(MqttMessage message, Type type) throws Exception;

    /**
     * Writes a payload.
     *
     * @throws Exception if the value can't be written: the stage of the publish then fails
     */
    byte[] write(T value) throws Exception;

    /**
     * Returns the converter of the types that need no bean: {@code byte[]}, {@link java.nio.ByteBuffer}, {@code
     * String}, the boxed and primitive numbers, {@code BigInteger}, {@code BigDecimal} and {@code Boolean}, as UTF-8
     * text.
     */
    static PayloadConverter<Object> builtIn() {
        return BuiltInConverter.INSTANCE;
    }
}
