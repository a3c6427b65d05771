package io.github.cdimqtt.internal.dispatch;

import io.github.cdimqtt.MqttMessage;
import io.github.cdimqtt.internal.convert.Converters;
import io.github.cdimqtt.internal.packet.Packet;

/** Turns packets into the messages that an application sees. Thread-safe. */
public record ReceivedMessages(String broker, Converters converters) {
    public MqttMessage message(Packet.Publish packet) {
        return MqttMessage.builder()
                .topic(packet.topic())
                .sharedPayload(packet.payload())
                .qos(packet.qos())
                .retained(packet.retain())
                .duplicate(packet.duplicate())
                .broker(broker)
                .properties(packet.properties())
                .converter(converters)
                .build();
    }
}
