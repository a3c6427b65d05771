package io.github.cdimqtt.internal.session;

import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.transport.OutboundMessage;
import io.github.cdimqtt.internal.transport.Transport;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What {@code presence.topic} says of the application: {@code online} with each connection, {@code offline} before it is
 * closed; if it is lost, the broker sends the will, which says the same. At QoS 0: it goes on a connection that works,
 * in order with what follows, or the will takes its place. Immutable.
 */
final class Presence {
    private final @Nullable String topic;

    Presence(@Nullable String topic) {
        this.topic = topic;
    }

    void online(Transport.Connection connection) {
        say("online", connection);
    }

    void offline(Transport.Connection connection) {
        say("offline", connection);
    }

    private void say(String state, Transport.Connection connection) {
        if (topic != null) {
            connection.publish(
                    new OutboundMessage(topic, state.getBytes(StandardCharsets.UTF_8), Qos.AT_MOST_ONCE, true));
        }
    }
}
