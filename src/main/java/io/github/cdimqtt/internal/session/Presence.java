package io.github.cdimqtt.internal.session;

import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.packet.Packet;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Publishes the state of the application to {@code presence.topic}: {@code online} after each connect, {@code offline}
 * before the connection is closed. When the connection is lost, the broker publishes the will, {@code offline}. At QoS
 * 0: on a working connection the message keeps its order with those that follow, and otherwise the will takes its
 * place. Immutable.
 */
final class Presence {
    private final @Nullable String topic;

    Presence(@Nullable String topic) {
        this.topic = topic;
    }

    /** Returns the message to be sent first on each connection; null for none. */
    Packet.@Nullable Publish online() {
        return message("online");
    }

    /** Returns the message to be sent before a connection is closed; null for none. */
    Packet.@Nullable Publish offline() {
        return message("offline");
    }

    private Packet.@Nullable Publish message(String state) {
        return topic == null
                ? null
                : new Packet.Publish(
                        topic,
                        ByteBuffer.wrap(state.getBytes(StandardCharsets.UTF_8)),
                        Qos.AT_MOST_ONCE,
                        true,
                        false,
                        0);
    }
}
