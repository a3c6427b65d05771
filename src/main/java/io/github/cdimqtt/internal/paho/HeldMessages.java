package io.github.cdimqtt.internal.paho;

import io.github.cdimqtt.internal.client.InboundMessage;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Messages of QoS 2 from their PUBLISH to our PUBCOMP, by packet identifier, over all connections of a session.
 * What a journal kept from before the JVM died counts. Thread-safe.
 */
final class HeldMessages {
    private static final String NAME = "in-";

    private final Journal journal;
    private final Map<Integer, InboundMessage> byId = new ConcurrentHashMap<>();

    HeldMessages(Journal journal) {
        this.journal = journal;
        journal.read(NAME).forEach(stored -> byId.put(stored.packetId(), stored.inbound()));
    }

    void hold(InboundMessage message) {
        journal.put(NAME + message.packetId(), StoredMessage.of(message));
        byId.put(message.packetId(), message);
    }

    @Nullable
    InboundMessage find(int packetId) {
        return byId.get(packetId);
    }

    void letGo(int packetId) {
        byId.remove(packetId);
        journal.remove(NAME + packetId);
    }

    /** Forgets all: the broker begins a new session. */
    void clear() {
        byId.keySet().forEach(this::letGo);
    }
}
