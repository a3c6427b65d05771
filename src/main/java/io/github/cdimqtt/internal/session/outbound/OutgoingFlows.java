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
 * The messages of QoS 1 and 2 that the broker has not acknowledged, in the order in which they were sent, over all
 * connections of a session; and the packet identifiers. Messages that the store kept from an earlier JVM are sent
 * first. Thread-safe.
 *
 * <p>Paho's persistence is not used: with it, Paho 1.2.5 forgets a message of QoS 2 after PUBREC when the broker lost
 * the session.
 */
public final class OutgoingFlows {
    private static final int MAX_PACKET_ID = 65_535;

    private static final String NAME_PREFIX = "out-";

    private final MessageStore store;
    private final Map<Integer, Flow> byId = new LinkedHashMap<>();
    private final Map<OutboundMessage, Flow> byMessage = new HashMap<>();
    private final Set<Integer> requests = new HashSet<>();
    private final Set<Integer> restored = new HashSet<>();
    private final Set<OutboundMessage> resumed = new HashSet<>();
    private @Nullable OutboundMessage firstBeforeRequests;
    private int lastId;

    public OutgoingFlows(MessageStore store) {
        this.store = store;
        for (StoredMessage stored : store.read(NAME_PREFIX)) {
            Flow flow = new Flow(stored.packetId(), stored.outbound(), true, stored.pubrecReceived());
            index(flow);
            restored.add(flow.packetId());
        }
    }

    /**
     * A message that is not acknowledged.
     *
     * @param duplicate whether it may have been sent before (DUP)
     * @param pubrecReceived whether PUBREC was received: PUBREL is due, and the message must not be sent again
     *     [MQTT-4.3.3-1]
     */
    public record Flow(int packetId, OutboundMessage message, boolean duplicate, boolean pubrecReceived) {}

    /**
     * Begins the flow of a message. Returns null if the flow has begun already, or was resumed on this connection: it
     * may even have ended since.
     */
    public synchronized @Nullable Flow begin(OutboundMessage message) {
        if (resumed.remove(message) || byMessage.containsKey(message)) {
            return null;
        }
        Flow flow = new Flow(freeId(), message, false, false);
        save(flow);
        return flow;
    }

    /** Reserves a packet identifier for a SUBSCRIBE or UNSUBSCRIBE. */
    public synchronized int beginRequest() {
        if (requests.isEmpty()) {
            firstBeforeRequests = first();
        }
        int id = freeId();
        requests.add(id);
        return id;
    }

    /**
     * Returns the message that the broker must answer first; null if there is none.
     *
     * @param behindRequests whether the message may have been sent after an unanswered SUBSCRIBE or UNSUBSCRIBE
     */
    public synchronized @Nullable OutboundMessage firstUnanswered(boolean behindRequests) {
        OutboundMessage first = first();
        return behindRequests || requests.isEmpty() || first == firstBeforeRequests ? first : null;
    }

    private @Nullable OutboundMessage first() {
        for (Flow flow : byId.values()) {
            if (!flow.pubrecReceived()) {
                return flow.message();
            }
        }
        return null;
    }

    /** Records a PUBREC. */
    public synchronized void pubrecReceived(int packetId) {
        Flow flow = byId.get(packetId);
        if (flow != null) {
            save(new Flow(packetId, flow.message(), true, true));
        }
    }

    /** Ends a flow: the broker acknowledged the message, or it could not be sent. */
    public synchronized void end(Flow flow) {
        byId.remove(flow.packetId());
        byMessage.remove(flow.message());
        restored.remove(flow.packetId());
        store.remove(NAME_PREFIX + flow.packetId());
    }

    /** Releases the packet identifier of a request. */
    public synchronized void endRequest(int packetId) {
        requests.remove(packetId);
    }

    /**
     * Forgets the requests of the connection before.
     *
     * @param keepMessages whether the flows continue; otherwise only those from an earlier JVM do, because the session
     *     publishes its own messages again
     */
    public synchronized void beginConnection(boolean keepMessages) {
        requests.clear();
        resumed.clear();
        if (!keepMessages) {
            // The session publishes its own messages again; those of an earlier JVM are known only here.
            new ArrayList<>(byId.values())
                    .stream()
                            .filter(flow -> !restored.contains(flow.packetId()))
                            .forEach(this::end);
        }
    }

    /**
     * Returns the flows to resume, in order.
     *
     * @param sessionKept whether the broker kept the session; otherwise all messages are sent as new
     */
    public synchronized List<Flow> resume(boolean sessionKept) {
        for (Flow flow : List.copyOf(byId.values())) {
            Flow next = new Flow(flow.packetId(), flow.message(), sessionKept, sessionKept && flow.pubrecReceived());
            if (next.pubrecReceived() == flow.pubrecReceived()) {
                index(next); // What the store keeps is the same: thousands of files are not written again.
            } else {
                save(next);
            }
            resumed.add(flow.message());
        }
        return new ArrayList<>(byId.values());
    }

    private void save(Flow flow) {
        store.put(
                NAME_PREFIX + flow.packetId(),
                StoredMessage.of(flow.packetId(), flow.message(), flow.pubrecReceived()));
        index(flow);
    }

    private void index(Flow flow) {
        byId.put(flow.packetId(), flow);
        byMessage.put(flow.message(), flow);
    }

    private int freeId() {
        for (int tries = 0; tries < MAX_PACKET_ID; tries++) {
            lastId = lastId == MAX_PACKET_ID ? 1 : lastId + 1;
            if (!byId.containsKey(lastId) && !requests.contains(lastId)) {
                return lastId;
            }
        }
        throw new IllegalStateException("all 65,535 packet identifiers are in use");
    }
}
