package io.github.cdimqtt.internal.session.inbound;

import io.github.cdimqtt.internal.session.store.MessageStore;
import io.github.cdimqtt.internal.session.store.StoredMessage;
import io.github.cdimqtt.internal.transport.InboundMessage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Messages of QoS 2 from their PUBLISH to our PUBCOMP, by packet identifier, over all connections of a session.
 * What a journal kept from before the JVM died counts. One that the broker has forgotten, and so never releases, is
 * given up: handed over with nothing to acknowledge. We said PUBREC for it, so nobody sends it again. Thread-safe.
 */
public final class IncomingFlows {
    private static final String NAME = "in-";

    private enum State {
        WAITING_FOR_PUBREL,
        RELEASED,
        GIVEN_UP
    }

    private record Held(InboundMessage message, State state) {
        boolean isWaiting() {
            return state == State.WAITING_FOR_PUBREL;
        }

        @SuppressWarnings("ReferenceEquality") // The very one: another may look the same.
        boolean is(InboundMessage other) {
            return message == other;
        }
    }

    private final MessageStore journal;
    private final Map<Integer, Held> byId = new LinkedHashMap<>(); // guarded by this

    public IncomingFlows(MessageStore journal) {
        this.journal = journal;
        journal.read(NAME).forEach(stored -> await(stored.inbound()));
    }

    private void await(InboundMessage message) {
        byId.remove(message.packetId()); // So that it is the last in order.
        byId.put(message.packetId(), new Held(message, State.WAITING_FOR_PUBREL));
    }

    /**
     * Keeps a message; of one that is sent again, the first [MQTT-4.3.3-2]. A broker that was killed may know the session
     * and not its identifiers (Artemis): what reads otherwise is another message, whatever DUP says.
     *
     * @return the other message that waited under this identifier, given up
     */
    public synchronized @Nullable InboundMessage hold(InboundMessage message) {
        Held first = byId.get(message.packetId());
        if (message.duplicate()
                && first != null
                && first.message().topic().equals(message.topic())
                && first.message().payload().equals(message.payload())) {
            return null;
        }
        journal.put(NAME + message.packetId(), StoredMessage.of(message));
        await(message);
        return first != null && first.isWaiting() ? orphan(first.message()) : null;
    }

    /** Returns the message that PUBREL is about, the same object each time; null if it is done. */
    public synchronized @Nullable InboundMessage find(int packetId) {
        Held held = byId.get(packetId);
        if (held != null && held.state() == State.GIVEN_UP) {
            byId.remove(packetId);
            return null;
        }
        return held == null ? null : held.message();
    }

    /** Notes that a message was handed over. */
    public synchronized void release(InboundMessage message) {
        byId.replace(message.packetId(), new Held(message, State.RELEASED));
    }

    /** Returns the messages that wait for PUBREL, in order of arrival. */
    public synchronized List<InboundMessage> waiting() {
        return byId.values().stream().filter(Held::isWaiting).map(Held::message).toList();
    }

    /** Waits no longer for PUBREL; returns the message with nothing to acknowledge, null if PUBREL came. */
    public synchronized @Nullable InboundMessage giveUp(InboundMessage message) {
        Held held = byId.get(message.packetId());
        if (held == null || !held.isWaiting() || !held.is(message)) {
            return null;
        }
        byId.put(message.packetId(), new Held(message, State.GIVEN_UP));
        journal.remove(NAME + message.packetId());
        return orphan(message);
    }

    /** Forgets a message that is done; returns whether its identifier was still its own. */
    public synchronized boolean letGo(InboundMessage message) {
        Held held = byId.get(message.packetId());
        if (held == null || !held.is(message)) {
            return false;
        }
        byId.remove(message.packetId());
        journal.remove(NAME + message.packetId());
        return true;
    }

    /** Forgets all: the broker begins a new session. */
    public synchronized void clear() {
        byId.keySet().forEach(id -> journal.remove(NAME + id));
        byId.clear();
    }

    private static InboundMessage orphan(InboundMessage message) {
        return new InboundMessage(
                message.topic(), message.payload(), message.qos(), message.retained(), message.duplicate(), 0);
    }
}
