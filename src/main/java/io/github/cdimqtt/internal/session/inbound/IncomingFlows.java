package io.github.cdimqtt.internal.session.inbound;

import io.github.cdimqtt.internal.session.store.MessageStore;
import io.github.cdimqtt.internal.session.store.StoredMessage;
import io.github.cdimqtt.internal.transport.InboundMessage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The messages of QoS 2 from PUBLISH to PUBCOMP, by packet identifier, over all connections of a session. Flows that
 * the store kept from an earlier JVM continue. A message that the broker has forgotten, and so never releases, is
 * abandoned: it is delivered with nothing to acknowledge, because the broker does not send it again after our PUBREC.
 * Thread-safe.
 */
public final class IncomingFlows {
    private static final String NAME_PREFIX = "in-";

    private enum State {
        AWAITING_PUBREL,
        RELEASED,
        ABANDONED
    }

    private record Flow(InboundMessage message, State state) {
        boolean isAwaitingPubrel() {
            return state == State.AWAITING_PUBREL;
        }

        @SuppressWarnings("ReferenceEquality") // another message may be equal
        boolean is(InboundMessage other) {
            return message == other;
        }
    }

    private final MessageStore store;
    private final Map<Integer, Flow> byId = new LinkedHashMap<>(); // guarded by this

    public IncomingFlows(MessageStore store) {
        this.store = store;
        store.read(NAME_PREFIX).forEach(stored -> add(stored.inbound()));
    }

    private void add(InboundMessage message) {
        byId.remove(message.packetId()); // so that it becomes the last in order
        byId.put(message.packetId(), new Flow(message, State.AWAITING_PUBREL));
    }

    /**
     * Begins the flow of a message, and stores the message. If the same message is sent again, the first one stays
     * [MQTT-4.3.3-2]. A broker that was killed may know the session but not its packet identifiers (Artemis): then a
     * different topic or payload is another message, even with DUP.
     *
     * @return the other message that awaited PUBREL under this identifier, which is now abandoned; null if there was
     *     none
     */
    public synchronized @Nullable InboundMessage begin(InboundMessage message) {
        Flow first = byId.get(message.packetId());
        if (message.duplicate()
                && first != null
                && first.message().topic().equals(message.topic())
                && first.message().payload().equals(message.payload())) {
            return null;
        }
        store.put(NAME_PREFIX + message.packetId(), StoredMessage.of(message));
        add(message);
        return first != null && first.isAwaitingPubrel() ? withoutPacketId(first.message()) : null;
    }

    /** Returns the message that a PUBREL releases, the same object each time; null if its flow has ended. */
    public synchronized @Nullable InboundMessage find(int packetId) {
        Flow flow = byId.get(packetId);
        if (flow != null && flow.state() == State.ABANDONED) {
            byId.remove(packetId);
            return null;
        }
        return flow == null ? null : flow.message();
    }

    /** Records that a message was released and delivered. */
    public synchronized void release(InboundMessage message) {
        byId.replace(message.packetId(), new Flow(message, State.RELEASED));
    }

    /** Returns the messages that await PUBREL, in order of arrival. */
    public synchronized List<InboundMessage> awaitingPubrel() {
        return byId.values().stream()
                .filter(Flow::isAwaitingPubrel)
                .map(Flow::message)
                .toList();
    }

    /** Stops waiting for PUBREL. Returns the message with nothing to acknowledge; null if PUBREL arrived meanwhile. */
    public synchronized @Nullable InboundMessage abandon(InboundMessage message) {
        Flow flow = byId.get(message.packetId());
        if (flow == null || !flow.isAwaitingPubrel() || !flow.is(message)) {
            return null;
        }
        byId.put(message.packetId(), new Flow(message, State.ABANDONED));
        store.remove(NAME_PREFIX + message.packetId());
        return withoutPacketId(message);
    }

    /** Ends the flow of a message. Returns whether its packet identifier still belonged to it. */
    public synchronized boolean end(InboundMessage message) {
        Flow flow = byId.get(message.packetId());
        if (flow == null || !flow.is(message)) {
            return false;
        }
        byId.remove(message.packetId());
        store.remove(NAME_PREFIX + message.packetId());
        return true;
    }

    /** Ends all flows: the broker began a new session. */
    public synchronized void clear() {
        byId.keySet().forEach(id -> store.remove(NAME_PREFIX + id));
        byId.clear();
    }

    private static InboundMessage withoutPacketId(InboundMessage message) {
        return new InboundMessage(
                message.topic(), message.payload(), message.qos(), message.retained(), message.duplicate(), 0);
    }
}
