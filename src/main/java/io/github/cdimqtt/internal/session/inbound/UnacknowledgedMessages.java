package io.github.cdimqtt.internal.session.inbound;

import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.transport.InboundMessage;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The messages of QoS 1 and 2 that observers have in work, or have finished though no acknowledgement could be sent, by
 * packet identifier: what a kept session brings again is known by it, and not handled twice. Bounded by the broker's
 * window. Thread-safe.
 */
final class UnacknowledgedMessages {
    private final Map<Integer, Delivery> byPacketId = new ConcurrentHashMap<>();

    /** Returns the delivery of a message that came before; null if it is new. */
    @Nullable
    Delivery find(Delivery delivery) {
        InboundMessage message = delivery.message();
        Delivery known = byPacketId.get(message.packetId());
        return known != null && isSame(known.message(), message) ? known : null;
    }

    void add(Delivery delivery) {
        byPacketId.put(delivery.message().packetId(), delivery);
    }

    /** Forgets a message: it is being acknowledged, or is to be handled again. */
    void remove(Delivery delivery) {
        byPacketId.remove(delivery.message().packetId(), delivery);
    }

    /** The broker began a new session: packet identifiers mean other messages now. */
    void clear() {
        byPacketId.clear();
    }

    /**
     * At QoS 2 the transport knows [MQTT-4.3.3-2] and tells the same object. At QoS 1 one sent again says so; a broker
     * that was killed may use the identifier for another, so that it must read the same, too.
     */
    @SuppressWarnings("ReferenceEquality")
    private static boolean isSame(InboundMessage known, InboundMessage message) {
        return known == message
                || known.qos() == Qos.AT_LEAST_ONCE
                        && message.qos() == Qos.AT_LEAST_ONCE
                        && message.duplicate()
                        && known.topic().equals(message.topic())
                        && known.payload().equals(message.payload());
    }
}
