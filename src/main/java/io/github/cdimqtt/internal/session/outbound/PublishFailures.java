package io.github.cdimqtt.internal.session.outbound;

import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.internal.packet.PacketEncoder;
import io.github.cdimqtt.internal.text.Printable;
import org.jspecify.annotations.Nullable;

/** Explains why a message was not sent. */
public final class PublishFailures {
    private PublishFailures() {}

    /** Returns the failure of a message that is too large for a packet; null if it is not. */
    static @Nullable MqttException tooLarge(Packet.Publish message) {
        String excess = PacketEncoder.excess(message.topic(), message.payload().remaining());
        return excess == null ? null : new MqttException(excess + " is more than a packet can hold");
    }

    static MqttException notConnected(Packet.Publish message) {
        return new MqttException("not connected: a message of QoS 0 to '" + Printable.of(message.topic())
                + "' is not kept; use QoS 1, or wait for MqttEvent.Connected");
    }

    /** Returns the failure of a message for which there is no room. */
    public static MqttException queueFull(String topic, int offlineBuffer) {
        return new MqttException("the queue of messages to be sent is full (offline-buffer=" + offlineBuffer
                + "): the one to '" + Printable.of(topic) + "' was not taken");
    }

    static MqttException connectionLost(Packet.Publish message, MqttException cause) {
        return new MqttException(
                "the connection was lost before the message to '" + Printable.of(message.topic()) + "' was sent",
                cause);
    }
}
