package io.github.cdimqtt.internal.application;

import io.github.cdimqtt.MqttEvent;
import io.github.cdimqtt.internal.dispatch.HandlingListener;
import io.github.cdimqtt.internal.memory.MemoryBroker;
import io.github.cdimqtt.internal.packet.Packet;

/** Tells the brokers inside this JVM who handles the messages that tests publish. Thread-safe. */
final class MemoryListener implements HandlingListener {
    @Override
    public void calling(Packet.Publish message, String observer) {
        MemoryBroker.DELIVERIES.calling(message, observer);
    }

    @Override
    public void called(Packet.Publish message, String observer) {
        MemoryBroker.DELIVERIES.called(message, observer);
    }

    @Override
    public void handled(Packet.Publish message) {
        MemoryBroker.DELIVERIES.handled(message);
    }

    @Override
    public void failed(Packet.Publish message, MqttEvent.MessageFailed failure) {
        MemoryBroker.DELIVERIES.failed(message, failure);
    }
}
