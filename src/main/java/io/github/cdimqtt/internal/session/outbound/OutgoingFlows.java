package io.github.cdimqtt.internal.session.outbound;

import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.concurrent.StageCompleter;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.internal.session.store.MessageStore;
import io.github.cdimqtt.internal.session.store.StoredMessage;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The messages of QoS 1 and 2 that the broker has not acknowledged, in the order in which they were published, over all
 * connections of a session; and the window: how many there may be, and be sent on one connection. Messages that the store
 * kept from an earlier JVM come first. Guarded by the lock of its {@link PublishQueue}.
 */
final class OutgoingFlows {
    /**
     * How many messages of QoS 2 may be sent and unanswered. MQTT 3.1.1 has no way to announce a limit, and Mosquitto 2.0.11
     * answers and drops whatever comes while 20 are, unless configured otherwise.
     */
    private static final int MAX_EXACTLY_ONCE = 19;

    private static final String NAME_PREFIX = "out-";

    private final MessageStore store;
    private final PacketIds ids;
    private final int maxInflight;
    private final Map<Integer, OutgoingMessage> byId = new LinkedHashMap<>();
    private final Queue<OutgoingMessage> toSend = new ArrayDeque<>(); // on this connection
    private volatile int size;
    private int sent;
    private int sentExactlyOnce;
    private boolean connectedBefore;

    OutgoingFlows(int maxInflight, MessageStore store, PacketIds ids) {
        this.maxInflight = maxInflight;
        this.store = store;
        this.ids = ids;
        for (StoredMessage stored : store.read(NAME_PREFIX)) {
            OutgoingMessage message =
                    new OutgoingMessage(stored.message(), new CompletableFuture<>(), StageCompleter.DIRECT);
            message.packetId = stored.message().packetId();
            message.duplicate = true;
            message.abandoned = true;
            message.pubrecReceived = stored.pubrecReceived();
            ids.reserve(message.packetId);
            byId.put(message.packetId, message);
        }
        size = byId.size();
    }

    /** Any thread, without the lock. */
    int size() {
        return size;
    }

    Collection<OutgoingMessage> all() {
        return List.copyOf(byId.values());
    }

    /** Returns the message that the broker must answer first on this connection; null if there is none. */
    Packet.@Nullable Publish firstUnanswered() {
        for (OutgoingMessage each : byId.values()) {
            if (each.sent && !each.pubrecReceived) {
                return each.content;
            }
        }
        return null;
    }

    /** Returns whether another flow may begin. */
    boolean hasRoom() {
        return size < maxInflight;
    }

    /**
     * Begins the flow of a message, which is to be sent after all before it.
     *
     * @throws MqttException if it can't be stored
     */
    void begin(OutgoingMessage message) {
        message.packetId = ids.reserve();
        try {
            store(message, false);
        } catch (MqttException notStored) {
            ids.release(message.packetId);
            throw notStored;
        }
        byId.put(message.packetId, message);
        size = byId.size();
        toSend.add(message);
    }

    /** Records a PUBREC. Returns the message; null if none of QoS 2 has this identifier. */
    @Nullable
    OutgoingMessage pubrecReceived(int packetId) {
        OutgoingMessage message = byId.get(packetId);
        if (message == null || message.qos() != Qos.EXACTLY_ONCE) {
            return null;
        }
        if (!message.pubrecReceived) {
            message.pubrecReceived = true;
            store(message, true);
        }
        return message;
    }

    /** Ends the flow that an acknowledgement belongs to, and returns its message; null if there is none. */
    @Nullable
    OutgoingMessage end(int packetId, Qos qos) {
        OutgoingMessage message = byId.get(packetId);
        if (message == null || message.qos() != qos) {
            return null;
        }
        end(message);
        return message;
    }

    void end(OutgoingMessage message) {
        byId.remove(message.packetId);
        size = byId.size();
        if (message.sent) {
            sent--;
            sentExactlyOnce -= message.qos() == Qos.EXACTLY_ONCE ? 1 : 0;
        }
        store.remove(NAME_PREFIX + message.packetId);
        ids.release(message.packetId);
    }

    /** The connection is lost: all flows wait for the next one. */
    void disconnected() {
        for (OutgoingMessage each : byId.values()) {
            each.duplicate |= each.sent;
            each.sent = false;
        }
        sent = 0;
        sentExactlyOnce = 0;
        toSend.clear();
    }

    /**
     * The broker accepted a connection, on which all flows are to be sent, in order.
     *
     * @param sessionKept whether the broker kept the session; otherwise all messages are new
     * @throws MqttException if it can't be stored that a message is new; then nothing is to be sent
     */
    void connected(boolean sessionKept) {
        if (sessionKept && !connectedBefore && store == MessageStore.NONE) {
            ids.continueAnywhere();
        }
        connectedBefore = true;
        if (!sessionKept) {
            for (OutgoingMessage each : byId.values()) {
                each.duplicate = false;
                if (each.pubrecReceived) {
                    store(each, false);
                    each.pubrecReceived = false;
                }
            }
        }
        toSend.addAll(byId.values());
    }

    /** Returns whether no flow waits to be sent on this connection. */
    boolean areSent() {
        return toSend.isEmpty();
    }

    /** Returns the next message to be sent, which then counts as sent; null if there is none or no room for it. */
    @Nullable
    OutgoingMessage sendNext() {
        for (OutgoingMessage next = toSend.peek(); next != null; next = toSend.peek()) {
            boolean exactlyOnce = next.qos() == Qos.EXACTLY_ONCE;
            if (byId.get(next.packetId) != next) { // acknowledged late, on the connection before
                toSend.remove();
            } else if (sent >= maxInflight || exactlyOnce && sentExactlyOnce >= MAX_EXACTLY_ONCE) {
                return null;
            } else {
                toSend.remove();
                next.sent = true;
                sent++;
                sentExactlyOnce += exactlyOnce ? 1 : 0;
                return next;
            }
        }
        return null;
    }

    private void store(OutgoingMessage message, boolean pubrecReceived) {
        if (store != MessageStore.NONE) {
            store.put(NAME_PREFIX + message.packetId, new StoredMessage(message.publish(), pubrecReceived));
        }
    }
}
