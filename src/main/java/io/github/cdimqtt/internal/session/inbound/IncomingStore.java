package io.github.cdimqtt.internal.session.inbound;

import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.internal.session.store.MessageStore;
import io.github.cdimqtt.internal.session.store.StoredMessage;
import java.util.List;

/** The received messages of QoS 2 that are not acknowledged, as they outlive the JVM. */
final class IncomingStore {
    private static final String NAME_PREFIX = "in-";

    private final MessageStore store;

    IncomingStore(MessageStore store) {
        this.store = store;
    }

    /** Returns what an earlier JVM left. */
    List<Packet.Publish> read() {
        return store.read(NAME_PREFIX).stream().map(StoredMessage::message).toList();
    }

    /** Stores a message of QoS 2, but for its subscription identifiers: in the next JVM other filters may have these numbers. */
    void put(Packet.Publish message) {
        if (store != MessageStore.NONE) {
            store.put(NAME_PREFIX + message.packetId(), new StoredMessage(message, false));
        }
    }

    void remove(Delivery delivery) {
        if (store != MessageStore.NONE && delivery.isOfQos2()) {
            store.remove(NAME_PREFIX + delivery.message().packetId());
        }
    }
}
