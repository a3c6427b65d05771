package io.github.cdimqtt.internal.memory;

import io.github.cdimqtt.MqttProperties;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.internal.packet.ProtocolVersion;
import java.nio.ByteBuffer;
import java.time.Duration;

/**
 * A message that the broker has, with its own copy of the payload. Immutable; the buffer is never written to.
 *
 * @param retain whether the publisher asked to retain it
 * @param since when it arrived, in nanoseconds
 */
record StoredMessage(String topic, ByteBuffer payload, Qos qos, boolean retain, MqttProperties properties, long since) {

    static StoredMessage of(Packet.Publish message, long now) {
        ByteBuffer payload = ByteBuffer.allocate(message.payload().remaining());
        payload.put(message.payload().duplicate()).flip();
        return new StoredMessage(
                message.topic(),
                payload.asReadOnlyBuffer(),
                message.qos(),
                message.retain(),
                message.properties(),
                now);
    }

    /** Returns whether its expiry is over, in whole seconds. */
    boolean isExpired(long now) {
        Duration expiry = properties.expiry();
        return expiry != null && secondsSince(now) > 0 && secondsSince(now) >= expiry.toSeconds();
    }

    private long secondsSince(long now) {
        return (now - since) / 1_000_000_000;
    }

    /** Returns what is left of its properties [MQTT-3.3.2-6]; none on a version without. */
    MqttProperties properties(ProtocolVersion version, long now) {
        if (!version.hasProperties()) {
            return MqttProperties.NONE;
        }
        Duration expiry = properties.expiry();
        return expiry == null || secondsSince(now) == 0
                ? properties
                : properties.toBuilder()
                        .expiry(Duration.ofSeconds(Math.max(0, expiry.toSeconds() - secondsSince(now))))
                        .build();
    }
}
