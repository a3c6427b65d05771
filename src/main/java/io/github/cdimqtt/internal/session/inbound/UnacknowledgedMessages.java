package io.github.cdimqtt.internal.session.inbound;

import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.transport.InboundMessage;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The messages of QoS 1 and 2 that are being handled, or were handled but could not be acknowledged, by packet
 * identifier. So a message that a kept session sends again is recognised, and not handled twice. The broker's window
 * bounds their number. Thread-safe.
 */
final class UnacknowledgedMessages {
    private final Map<Integer, Delivery> byPacketId = new ConcurrentHashMap<>();

    /**
     * If the same message was received before, transfers it to the connection of the new delivery: so it is not handled
     * twice, but acknowledged there. Returns false if the message counts as new.
     */
    boolean transfer(Delivery delivery) {
        Delivery known = byPacketId.get(delivery.message().packetId());
        AcknowledgementOrder order = delivery.order();
        if (known == null || !isSame(known.message(), delivery.message()) || !known.transferTo(order)) {
            return false;
        }
        if (known.isComplete()) {
            order.completed();
        }
        return true;
    }

    void add(Delivery delivery) {
        byPacketId.put(delivery.message().packetId(), delivery);
    }

    /** Forgets a message: it is being acknowledged, or must be handled again. */
    void remove(Delivery delivery) {
        byPacketId.remove(delivery.message().packetId(), delivery);
    }

    /** Forgets all: the broker began a new session, whose packet identifiers belong to other messages. */
    void clear() {
        byPacketId.clear();
    }

    /**
     * At QoS 2 the transport recognises a repeated message [MQTT-4.3.3-2] and delivers the same object. At QoS 1 a
     * repeated message has DUP. But a broker that was killed may use the identifier for another message, so topic and
     * payload must be equal, too.
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
