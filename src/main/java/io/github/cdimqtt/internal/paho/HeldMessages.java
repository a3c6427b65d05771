package io.github.cdimqtt.internal.paho;

import io.github.cdimqtt.internal.client.InboundMessage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Messages of QoS 2 from their PUBLISH to our PUBCOMP, by packet identifier, over all connections of a session.
 * What a journal kept from before the JVM died counts. One that the broker no longer knows, and so never releases, is
 * given back as an orphan, with nothing to acknowledge: we said PUBREC for it, nobody sends it again. Thread-safe.
 */
final class HeldMessages {
    private static final String NAME = "in-";

    private record Held(InboundMessage message, boolean released) {}

    private final Journal journal;
    private final Map<Integer, Held> byId = new LinkedHashMap<>(); // guarded by this

    HeldMessages(Journal journal) {
        this.journal = journal;
        journal.read(NAME).forEach(stored -> byId.put(stored.packetId(), new Held(stored.inbound(), false)));
    }

    /**
     * Keeps a message; of one that is sent again, the first [MQTT-4.3.3-2]. A broker that was killed may know the session
     * and not its identifiers (Artemis): what reads otherwise is another message, whatever DUP says.
     *
     * @return the other message that had the identifier and was not released, as an orphan
     */
    synchronized @Nullable InboundMessage hold(InboundMessage message) {
        Held first = byId.get(message.packetId());
        if (message.duplicate()
                && first != null
                && first.message().topic().equals(message.topic())
                && first.message().payload().equals(message.payload())) {
            return null;
        }
        journal.put(NAME + message.packetId(), StoredMessage.of(message));
        byId.remove(message.packetId()); // so that it comes last in order
        byId.put(message.packetId(), new Held(message, false));
        return first == null || first.released() ? null : orphan(first.message());
    }

    /** Returns the message that PUBREL is about, the same object each time; null if it is done. */
    synchronized @Nullable InboundMessage find(int packetId) {
        Held held = byId.get(packetId);
        return held == null ? null : held.message();
    }

    /** Notes that a message was handed over: it is no orphan any more. */
    synchronized void release(InboundMessage message) {
        byId.replace(message.packetId(), new Held(message, true));
    }

    /** Forgets a message that is done; returns whether its identifier was still its own. */
    @SuppressWarnings("ReferenceEquality") // The very one: another may look the same.
    synchronized boolean letGo(InboundMessage message) {
        Held held = byId.get(message.packetId());
        if (held == null || held.message() != message) {
            return false;
        }
        byId.remove(message.packetId());
        journal.remove(NAME + message.packetId());
        return true;
    }

    /** Forgets all, because the broker begins a new session; returns the orphans, in order of arrival. */
    synchronized List<InboundMessage> clear() {
        List<InboundMessage> orphans = byId.values().stream()
                .filter(held -> !held.released())
                .map(held -> orphan(held.message()))
                .toList();
        byId.keySet().forEach(id -> journal.remove(NAME + id));
        byId.clear();
        return orphans;
    }

    private static InboundMessage orphan(InboundMessage message) {
        return new InboundMessage(
                message.topic(), message.payload(), message.qos(), message.retained(), message.duplicate(), 0);
    }
}
