package io.github.cdimqtt;

import java.lang.reflect.Type;

/**
 * Turns payloads into objects and back: a CDI bean of this type is used for observed parameters, {@link
 * MqttMessage#as(Class)} and {@link Mqtt#publish(String, Object)}. {@code @Priority} orders them, lower values first. They
 * are asked before the built-in types and before JSON-B, but never for {@code byte[]}, {@link java.nio.ByteBuffer} and
 * {@link MqttMessage}, which are what they are.
 *
 * <p>Checked at deployment by the bean's own {@code T}; a {@code PayloadConverter<Object>} counts as one for any type,
 * and {@link #supports(Type)} is asked at run time only. Must be thread-safe.
 *
 * @param <T> what it reads and writes
 */
public interface PayloadConverter<T> {

    /**
     * Returns whether this converter reads and writes the type. For a primitive type its box is asked about first. What is
     * published is asked about by its class, which knows no type arguments, then by {@code T} if that is a class.
     */
    boolean supports(Type type);

    /**
     * Reads a payload. To read its text or a number use {@link MqttMessage#text()} or {@link #builtIn()}: {@link
     * MqttMessage#as(Class)} asks the converters of the application first, this one too.
     *
     * @param message the message, for its payload, its topic and, on MQTT 5, its properties. The content type in them is what the
     *     sender says, and is for this method to heed: it chooses no converter, the type that is observed does
     * @param type the type wanted; {@link #supports(Type)} said yes to it
     * @throws Exception if the payload is no such value: the message then counts as failed for the observer
     */
    T read(MqttMessage message, Type type) throws Exception;

    /**
     * Writes a payload. It can't say what that is: on MQTT 5 the application says it with the {@link MqttProperties} that it
     * publishes with.
     *
     * @throws Exception if the value can't be written: the stage of the publish then fails
     */
    byte[] write(T value) throws Exception;

    /**
     * Returns the converter of the types that need no bean: {@code byte[]}, {@link java.nio.ByteBuffer}, and as UTF-8 text
     * {@code String}, {@code char}, the boxed and primitive numbers, {@code BigInteger}, {@code BigDecimal}, {@code
     * Boolean}, enums by their names, {@code UUID}, {@code URI}, {@code URL} and the types of {@code java.time}.
     */
    static PayloadConverter<Object> builtIn() {
        return BuiltInConverter.INSTANCE;
    }
}
