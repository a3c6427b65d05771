package io.github.cdimqtt.internal.session;

import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.transport.OutboundMessage;
import io.github.cdimqtt.internal.transport.Transport;
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

    void online(Transport.Connection connection) {
        publish("online", connection);
    }

    void offline(Transport.Connection connection) {
        publish("offline", connection);
    }

    private void publish(String state, Transport.Connection connection) {
        if (topic != null) {
            connection.publish(
                    new OutboundMessage(topic, state.getBytes(StandardCharsets.UTF_8), Qos.AT_MOST_ONCE, true));
        }
    }
}
