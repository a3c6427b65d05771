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

    /**
     * Keeps a message; of one that is sent again, the first [MQTT-4.3.3-2]. A broker that was killed may know the session
     * and not its identifiers (Artemis): what reads otherwise is another message, whatever DUP says.
     */
    void hold(InboundMessage message) {
        InboundMessage first = byId.get(message.packetId());
        if (message.duplicate()
                && first != null
                && first.topic().equals(message.topic())
                && first.payload().equals(message.payload())) {
            return;
        }
        journal.put(NAME + message.packetId(), StoredMessage.of(message));
        byId.put(message.packetId(), message);
    }

    @Nullable
    InboundMessage find(int packetId) {
        return byId.get(packetId);
    }

    /** Forgets a message that is done; not another one that has its identifier by now. */
    void letGo(InboundMessage message) {
        byId.computeIfPresent(message.packetId(), (id, held) -> letGo(message, held));
    }

    @SuppressWarnings("ReferenceEquality") // The very one: another may look the same.
    private @Nullable InboundMessage letGo(InboundMessage message, InboundMessage held) {
        if (held != message) {
            return held;
        }
        journal.remove(NAME + message.packetId());
        return null;
    }

    /** Forgets all: the broker begins a new session. */
    void clear() {
        byId.values().forEach(this::letGo);
    }
}
