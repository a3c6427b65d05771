package io.github.cdimqtt.internal.application;

import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.MqttProperties;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.convert.ConversionException;
import io.github.cdimqtt.internal.convert.Converters;
import io.github.cdimqtt.internal.convert.WrittenPayload;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.internal.text.Printable;
import io.github.cdimqtt.internal.topic.TopicName;
import io.github.cdimqtt.internal.value.Faults;
import io.github.cdimqtt.internal.value.Limit;
import io.github.cdimqtt.internal.value.Limits;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Makes the packets of what an application publishes. Thread-safe.
 *
 * @param isMqtt5 whether they say what is known of a payload where the application does not
 */
public record PublishPackets(Converters converters, boolean isMqtt5) {
    private static final ByteBuffer EMPTY = ByteBuffer.allocate(0);

    /**
     * Returns a message without a packet identifier.
     *
     * @param payload null for an empty one
     * @throws MqttException if the topic or a property is wrong, or nothing converts the payload, or what does fails
     */
    public Packet.Publish packet(
            String topic, @Nullable Object payload, Qos qos, boolean retain, MqttProperties properties) {
        TopicName.check(topic);
        checkProperties(topic, properties);
        if (payload == null) {
            return message(topic, EMPTY, qos, retain, properties);
        }
        try {
            WrittenPayload written = converters.written(payload);
            byte[] bytes = written.bytes();
            if (bytes == null) {
                throw new MqttException("the converter wrote null");
            }
            return message(
                    topic, ByteBuffer.wrap(bytes), qos, retain, isMqtt5 ? written.describedIn(properties) : properties);
        } catch (Exception | StackOverflowError e) { // the latter for objects that refer to one another
            throw new MqttException(
                    "can't publish a " + payload.getClass().getName() + " to '" + Printable.of(topic) + "': "
                            + (e instanceof MqttException ? e.getMessage() : ConversionException.types(e)),
                    e);
        }
    }

    /** Refuses what brokers may hang up over: at QoS 1 and 2 the message would go again on each connection, and end it. */
    private static void checkProperties(String topic, MqttProperties properties) {
        if (!properties.equals(MqttProperties.NONE)) {
            check(topic, "content-type", properties.contentType(), Limits.STRING);
            check(topic, "response-topic", properties.responseTopic(), Limits.STRING.and(Limits.RESPONSE_TOPIC));
            check(topic, "user-properties", properties.user(), Limits.USER_PROPERTIES);
        }
    }

    private static <T> void check(String topic, String property, @Nullable T value, Limit<T> limit) {
        String fault = value == null ? null : limit.fault(value);
        if (fault != null) { // without the value, which may be a secret
            throw new MqttException(
                    "can't publish to '" + Printable.of(topic) + "': " + Faults.of(property, null, fault));
        }
    }

    private static Packet.Publish message(
            String topic, ByteBuffer payload, Qos qos, boolean retain, MqttProperties properties) {
        return new Packet.Publish(topic, payload, qos, retain, properties);
    }
}
