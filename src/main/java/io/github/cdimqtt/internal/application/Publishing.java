package io.github.cdimqtt.internal.application;

import io.github.cdimqtt.MqttEvent;
import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.internal.packet.Packet;
import java.util.concurrent.CompletionStage;

/** One of the ways that a valid message goes: at once, or with the transaction of the calling thread. Thread-safe. */
interface Publishing {

    /**
     * Sends a message, or sees to it that it is sent.
     *
     * @throws MqttException if it can't be sent
     */
    CompletionStage<MqttEvent.Published> send(Packet.Publish message);

    /** A message was not sent, nor will it be: it was wrong, or {@link #send} threw. */
    default void failed() {}
}
