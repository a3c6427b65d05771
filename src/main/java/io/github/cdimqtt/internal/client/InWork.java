package io.github.cdimqtt.internal.client;

import io.github.cdimqtt.Qos;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The messages of QoS 1 and 2 that observers have in work, or have finished though no acknowledgement could be sent, by
 * packet identifier: what a kept session brings again is known by it, and not handled twice. Bounded by the broker's
 * window. Thread-safe.
 */
final class InWork {
    private final Map<Integer, Delivery> byPacketId = new ConcurrentHashMap<>();

    /** Returns the delivery of a message that came before; null if it is new, and then it is noted. */
    @Nullable
    Delivery findOrAdd(Delivery delivery) {
        InboundMessage message = delivery.message();
        Delivery known = byPacketId.get(message.packetId());
        if (known != null && isSame(known.message(), message)) {
            return known;
        }
        byPacketId.put(message.packetId(), delivery);
        return null;
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
     * At QoS 2 the identifier is in use until PUBCOMP [MQTT-4.3.3-2], but a broker that was killed may know the session
     * and not its identifiers (Artemis): another payload is another message. At QoS 1 one sent again says so.
     */
    private static boolean isSame(InboundMessage known, InboundMessage message) {
        return known.qos() == message.qos()
                && known.topic().equals(message.topic())
                && known.payload().equals(message.payload())
                && (message.qos() == Qos.EXACTLY_ONCE || message.duplicate());
    }
}
