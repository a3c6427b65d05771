package io.github.cdimqtt.internal.session.inbound;

import io.github.cdimqtt.internal.packet.Packet;

/** The responses that requests of the application wait for (MQTT 5.0, section 4.10): they go past the observers. Thread-safe. */
public interface Responses {
    /** Returns whether a message is one. */
    boolean isAwaited(Packet.Publish message);

    /** Passes a message to the request that waits for it. Returns false if none does. */
    boolean take(Packet.Publish message);
}
