package io.github.cdimqtt.internal.memory.delivery;

import io.github.cdimqtt.MqttEvent;
import io.github.cdimqtt.internal.packet.Packet;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Knows the message again that an application handles: by the buffer of its payload, of which each packet has its own.
 * Thread-safe.
 */
public final class DeliveryTracker {
    private final Map<ByteBuffer, TrackedCopy> onTheWay = Collections.synchronizedMap(new IdentityHashMap<>());

    /** Follows a message that is to be published. */
    public TrackedMessage track() {
        return new TrackedMessage(this);
    }

    void add(ByteBuffer payload, TrackedCopy copy) {
        onTheWay.put(payload, copy);
    }

    void remove(ByteBuffer payload) {
        onTheWay.remove(payload);
    }

    /** An observer is about to be called, on this thread. */
    public void calling(Packet.Publish message, String observer) {
        change(message, copy -> copy.calling(observer));
    }

    /** An observer has returned, or thrown. */
    public void called(Packet.Publish message, String observer) {
        change(message, copy -> copy.called(observer));
    }

    /** An observer has failed. */
    public void failed(Packet.Publish message, MqttEvent.MessageFailed failure) {
        change(message, copy -> copy.failed(failure));
    }

    /** All observers of a message have returned. */
    public void handled(Packet.Publish message) {
        change(message, TrackedCopy::handled);
    }

    /** The client of a session has gone, and is not to come back: nobody waits for what is on the way to it. */
    public void gone(Object session) {
        List<TrackedCopy> all;
        synchronized (onTheWay) {
            all = onTheWay.values().stream()
                    .filter(copy -> copy.session() == session)
                    .toList();
        }
        all.forEach(copy -> copy.message().change(copy, TrackedCopy::settled));
    }

    /** The application is done with a message, and does not acknowledge it. */
    public void settled(Packet.Publish message) {
        change(message, TrackedCopy::settled);
    }

    private void change(Packet.Publish message, Consumer<TrackedCopy> change) {
        TrackedCopy copy = onTheWay.get(message.payload());
        if (copy != null) {
            copy.message().change(copy, change);
        }
    }
}
