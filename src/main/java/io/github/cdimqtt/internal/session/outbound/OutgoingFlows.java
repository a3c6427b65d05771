package io.github.cdimqtt.internal.session.outbound;

import io.github.cdimqtt.internal.session.store.MessageStore;
import io.github.cdimqtt.internal.session.store.StoredMessage;
import io.github.cdimqtt.internal.transport.OutboundMessage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Our messages of QoS 1 and 2 that the broker has not answered, in the order in which they went, over all connections
 * of a session; and the packet identifiers. What the journal kept from before the JVM died goes first. Thread-safe.
 *
 * <p>Not Paho's persistence: with it Paho 1.2.5 forgets a QoS 2 message after PUBREC when the broker lost the session.
 */
public final class OutgoingFlows {
    private static final int LAST_ID = 65_535;

    private static final String NAME = "out-";

    private final MessageStore journal;
    private final Map<Integer, Flow> byId = new LinkedHashMap<>();
    private final Map<OutboundMessage, Flow> byMessage = new HashMap<>();
    private final Set<Integer> requests = new HashSet<>();
    private final Set<Integer> restored = new HashSet<>();
    private final Set<OutboundMessage> resumed = new HashSet<>();
    private @Nullable OutboundMessage beforeRequests;
    private int lastId;

    public OutgoingFlows(MessageStore journal) {
        this.journal = journal;
        for (StoredMessage stored : journal.read(NAME)) {
            Flow flow = new Flow(stored.packetId(), stored.outbound(), true, stored.received());
            note(flow);
            restored.add(flow.packetId());
        }
    }

    /**
     * A message under way.
     *
     * @param again whether it may have gone before
     * @param received whether the broker said PUBREC: PUBREL is due, the message must not go again [MQTT-4.3.3-1]
     */
    public record Flow(int packetId, OutboundMessage message, boolean again, boolean received) {}

    /** Adds a message; null if it is under way already, or was resumed, and perhaps answered since. */
    public synchronized @Nullable Flow begin(OutboundMessage message) {
        if (resumed.remove(message) || byMessage.containsKey(message)) {
            return null;
        }
        Flow flow = new Flow(freeId(), message, false, false);
        put(flow);
        return flow;
    }

    /** Takes an identifier for a SUBSCRIBE or UNSUBSCRIBE. */
    public synchronized int beginRequest() {
        if (requests.isEmpty()) {
            beforeRequests = first();
        }
        int id = freeId();
        requests.add(id);
        return id;
    }

    /** Returns the message that the broker is to answer first; null if there is none, or one not asked for. */
    public synchronized @Nullable OutboundMessage unanswered(boolean behindRequests) {
        OutboundMessage first = first();
        return behindRequests || requests.isEmpty() || first == beforeRequests ? first : null;
    }

    private @Nullable OutboundMessage first() {
        for (Flow flow : byId.values()) {
            if (!flow.received()) {
                return flow.message();
            }
        }
        return null;
    }

    /** Notes PUBREC. */
    public synchronized void received(int packetId) {
        Flow flow = byId.get(packetId);
        if (flow != null) {
            put(new Flow(packetId, flow.message(), true, true));
        }
    }

    /** Removes what was answered, or could not be sent. */
    public synchronized void end(Flow flow) {
        byId.remove(flow.packetId());
        byMessage.remove(flow.message());
        restored.remove(flow.packetId());
        journal.remove(NAME + flow.packetId());
    }

    /** Gives the identifier of a request back. */
    public synchronized void endRequest(int packetId) {
        requests.remove(packetId);
    }

    /** Forgets the requests of the connection before, and the messages if they are not to go on. */
    public synchronized void beginConnection(boolean keepMessages) {
        requests.clear();
        resumed.clear();
        if (!keepMessages) {
            // The session gives us its own again; those of before the JVM died only we know.
            new ArrayList<>(byId.values())
                    .stream()
                            .filter(flow -> !restored.contains(flow.packetId()))
                            .forEach(this::end);
        }
    }

    /**
     * Returns what must go again, in order.
     *
     * @param sessionKept whether the broker remembers; otherwise all of it goes as new
     */
    public synchronized List<Flow> resume(boolean sessionKept) {
        for (Flow flow : List.copyOf(byId.values())) {
            Flow next = new Flow(flow.packetId(), flow.message(), sessionKept, sessionKept && flow.received());
            if (next.received() == flow.received()) {
                note(next); // All that the journal keeps is the same: thousands of files are not written again.
            } else {
                put(next);
            }
            resumed.add(flow.message());
        }
        return new ArrayList<>(byId.values());
    }

    private void put(Flow flow) {
        journal.put(NAME + flow.packetId(), StoredMessage.of(flow.packetId(), flow.message(), flow.received()));
        note(flow);
    }

    private void note(Flow flow) {
        byId.put(flow.packetId(), flow);
        byMessage.put(flow.message(), flow);
    }

    private int freeId() {
        for (int tries = 0; tries < LAST_ID; tries++) {
            lastId = lastId == LAST_ID ? 1 : lastId + 1;
            if (!byId.containsKey(lastId) && !requests.contains(lastId)) {
                return lastId;
            }
        }
        throw new IllegalStateException("all 65,535 packet identifiers are in use");
    }
}
