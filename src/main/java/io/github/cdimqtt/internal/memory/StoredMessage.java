package io.github.cdimqtt.internal.memory;

import io.github.cdimqtt.MqttProperties;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.memory.delivery.TrackedMessage;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.internal.packet.ProtocolVersion;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A message that the broker has, with its own copy of the payload. Immutable; the buffer is never written to.
 *
 * @param retain whether the publisher asked to retain it
 * @param since when it arrived, in nanoseconds
 * @param tracked follows what becomes of it; null if nobody does
 */
record StoredMessage(
        String topic,
        ByteBuffer payload,
        Qos qos,
        boolean retain,
        MqttProperties properties,
        long since,
        @Nullable TrackedMessage tracked) {

    static StoredMessage of(Packet.Publish message, long now, @Nullable TrackedMessage tracked) {
        ByteBuffer payload = ByteBuffer.allocate(message.payload().remaining());
        payload.put(message.payload().duplicate()).flip();
        return new StoredMessage(
                message.topic(),
                payload.asReadOnlyBuffer(),
                message.qos(),
                message.retain(),
                message.properties(),
                now,
                tracked);
    }

    /** Returns it as it was published. */
    Packet.Publish packet() {
        return new Packet.Publish(topic, payload.duplicate(), qos, retain, properties);
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
