package io.github.cdimqtt.internal.paho;

import io.github.cdimqtt.internal.client.InboundMessage;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Messages of QoS 2 from their PUBLISH to our PUBCOMP, by packet identifier, over all connections of a session.
 * Thread-safe. In memory: what {@code persistence-directory} promises of them belongs here.
 */
final class HeldMessages {
    private final Map<Integer, InboundMessage> byId = new ConcurrentHashMap<>();

    void hold(InboundMessage message) {
        byId.put(message.packetId(), message);
    }

    @Nullable
    InboundMessage find(int packetId) {
        return byId.get(packetId);
    }

    void letGo(int packetId) {
        byId.remove(packetId);
    }

    /** Forgets all: the broker begins a new session. */
    void clear() {
        byId.clear();
    }
}
