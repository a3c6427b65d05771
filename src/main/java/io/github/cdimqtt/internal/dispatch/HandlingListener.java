package io.github.cdimqtt.internal.dispatch;

import io.github.cdimqtt.MqttEvent;
import io.github.cdimqtt.internal.packet.Packet;

/** Follows the observers and consumers of each message, on their threads. Its methods return at once and throw nothing. */
public interface HandlingListener {
    /** Follows nothing. */
    HandlingListener NONE = new HandlingListener() {
        @Override
        public void calling(Packet.Publish message, String observer) {}

        @Override
        public void called(Packet.Publish message, String observer) {}

        @Override
        public void handled(Packet.Publish message) {}

        @Override
        public void failed(Packet.Publish message, MqttEvent.MessageFailed failure) {}
    };

    /** An observer is about to be called; {@code observer} is its location in the code. */
    void calling(Packet.Publish message, String observer);

    /** An observer has returned, or thrown. */
    void called(Packet.Publish message, String observer);

    /** All observers of a message have returned, or there are none. */
    void handled(Packet.Publish message);

    /** An observer has failed. */
    void failed(Packet.Publish message, MqttEvent.MessageFailed failure);
}
