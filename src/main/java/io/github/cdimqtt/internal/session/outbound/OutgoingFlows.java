package io.github.cdimqtt.internal.session.outbound;

import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.MqttProperties;
import io.github.cdimqtt.MqttReason;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.concurrent.Timer;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.internal.packet.ProtocolVersion;
import io.github.cdimqtt.internal.session.store.MessageStore;
import io.github.cdimqtt.internal.session.store.StoredMessage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * The messages of QoS 1 and 2 that the broker has not acknowledged, in the order in which they were published, over all
 * connections of a session; and the window: how many there may be, and be sent on one connection. Messages that the store
 * kept from an earlier JVM come first. Guarded by the lock of its {@link PublishQueue}.
 */
final class OutgoingFlows {
    /**
     * How many messages of QoS 2 may be sent and unanswered before MQTT 5. MQTT 3.1.1 has no way to announce a limit, and
     * Mosquitto 2.0.11 answers and drops whatever comes while 20 are, unless configured otherwise.
     */
    private static final int MAX_EXACTLY_ONCE = 19;

    private static final String NAME_PREFIX = "out-";

    private final MessageStore store;
    private final PacketIds ids;
    private final Timer timer;
    private final int maxInflight;
    private final int maxExactlyOnce;
    private final Map<Integer, OutgoingMessage> byId = new LinkedHashMap<>();
    private final Queue<OutgoingMessage> toSend = new ArrayDeque<>(); // on this connection
    private final List<Integer> unusableIds = new ArrayList<>(); // as long as the broker keeps the session
    private volatile int size;
    private int window; // on this connection
    private int sent;
    private int sentExactlyOnce;
    private boolean connectedBefore;

    OutgoingFlows(int maxInflight, ProtocolVersion version, MessageStore store, PacketIds ids, Timer timer) {
        this.maxInflight = maxInflight;
        this.maxExactlyOnce = version.hasProperties() ? maxInflight : MAX_EXACTLY_ONCE;
        this.window = maxInflight;
        this.store = store;
        this.ids = ids;
        this.timer = timer;
        store.read(NAME_PREFIX).forEach(this::restore);
        size = byId.size();
    }

    private void restore(StoredMessage stored) {
        Packet.Publish content = stored.message();
        OutgoingMessage message = OutgoingMessage.unobserved(
                content,
                MessageExpiry.ofStored(
                        content.properties(), stored.deadline(), System.currentTimeMillis(), timer.nanoTime()));
        message.packetId = content.packetId();
        message.duplicate = true;
        message.abandoned = true;
        message.pubrecReceived = stored.pubrecReceived();
        ids.reserve(message.packetId);
        byId.put(message.packetId, message);
    }

    /** Returns whether a message has what only MQTT 5 can send. */
    boolean haveProperties() {
        return byId.values().stream()
                .anyMatch(each -> !each.content.properties().equals(MqttProperties.NONE));
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
        return size < window;
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
    OutgoingMessage pubrecReceived(int packetId, MqttReason reason) {
        OutgoingMessage message = byId.get(packetId);
        if (message == null || message.qos() != Qos.EXACTLY_ONCE) {
            return null;
        }
        if (!message.pubrecReceived) {
            message.pubrecReceived = true;
            message.pubrecReason = reason;
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
        remove(message);
        ids.release(message.packetId);
    }

    /**
     * Ends a flow that the broker may know from an earlier connection, without it. At QoS 2 it takes another message with this
     * identifier for a repetition (MQTT 5.0, section 4.3.3), so this JVM does not use it again until it forgets the session.
     */
    void giveUp(OutgoingMessage message) {
        remove(message);
        if (message.duplicate && message.qos() == Qos.EXACTLY_ONCE) {
            unusableIds.add(message.packetId);
        } else {
            ids.release(message.packetId);
        }
    }

    private void remove(OutgoingMessage message) {
        byId.remove(message.packetId);
        size = byId.size();
        if (message.sent) {
            sent--;
            sentExactlyOnce -= message.qos() == Qos.EXACTLY_ONCE ? 1 : 0;
        }
        store.remove(NAME_PREFIX + message.packetId);
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
     * The broker accepted a connection, on which all flows are to be sent: each PUBREL, which needs no room [MQTT-4.9.0-3],
     * then each PUBLISH in order [MQTT-4.6.0-1].
     *
     * @param sessionKept whether the broker kept the session; otherwise all messages are new
     * @param receiveMaximum how many messages the broker takes before it has answered one, 1 to 65,535
     * @throws MqttException if it can't be stored that a message is new; then nothing is to be sent
     */
    void connected(boolean sessionKept, int receiveMaximum) {
        if (sessionKept && !connectedBefore) {
            ids.continueAnywhere();
        }
        connectedBefore = true;
        window = Math.min(maxInflight, receiveMaximum);
        if (!sessionKept) {
            unusableIds.forEach(ids::release);
            unusableIds.clear();
            for (OutgoingMessage each : byId.values()) {
                each.duplicate = false;
                if (each.pubrecReceived) {
                    store(each, false);
                    each.pubrecReceived = false;
                }
            }
        }
        byId.values().stream().filter(each -> each.pubrecReceived).forEach(toSend::add);
        byId.values().stream().filter(each -> !each.pubrecReceived).forEach(toSend::add);
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
            } else if (!next.pubrecReceived && (sent >= window || exactlyOnce && sentExactlyOnce >= maxExactlyOnce)) {
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
            Long deadline =
                    message.expiry == null ? null : System.currentTimeMillis() + message.expiry.left(timer.nanoTime());
            store.put(NAME_PREFIX + message.packetId, new StoredMessage(message.publish(), pubrecReceived, deadline));
        }
    }
}
