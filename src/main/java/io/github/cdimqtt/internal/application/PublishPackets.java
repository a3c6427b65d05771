package io.github.cdimqtt.internal.application;

import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.MqttProperties;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.convert.ConversionException;
import io.github.cdimqtt.internal.convert.Converters;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.internal.text.Printable;
import io.github.cdimqtt.internal.topic.TopicName;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes the packets of what an application publishes. Thread-safe. */
record PublishPackets(Converters converters) {
    private static final byte[] EMPTY = {};

    /**
     * Returns a message without a packet identifier.
     *
     * @param payload null for an empty one
     * @throws MqttException if the topic is wrong, or nothing converts the payload, or what does fails
     */
    Packet.Publish packet(String topic, @Nullable Object payload, Qos qos, boolean retain, MqttProperties properties) {
        TopicName.check(topic);
        ByteBuffer bytes = ByteBuffer.wrap(payload == null ? EMPTY : bytes(topic, payload));
        return new Packet.Publish(topic, bytes, qos, retain, false, 0, properties, 0, List.of());
    }

    private byte[] bytes(String topic, Object payload) {
        try {
            byte @Nullable [] bytes = converters.write(payload); // one of the application may write null
            if (bytes == null) {
                throw new MqttException("the converter wrote null");
            }
            return bytes;
        } catch (Exception | StackOverflowError e) { // the latter for objects that refer to one another
            throw new MqttException(
                    "can't publish a " + payload.getClass().getName() + " to '" + Printable.of(topic) + "': "
                            + (e instanceof MqttException ? e.getMessage() : ConversionException.types(e)),
                    e);
        }
    }
}
