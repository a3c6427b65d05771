package io.github.cdimqtt.internal.session.outbound;

import io.github.cdimqtt.MqttEvent;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.concurrent.StageCompleter;
import io.github.cdimqtt.internal.packet.Packet;
import java.util.concurrent.CompletableFuture;

/** A message on its way to the broker, from the call to the acknowledgement. Guarded by the lock of its {@link PublishQueue}. */
final class OutgoingMessage {
    /** As the application published it: without a packet identifier. */
    final Packet.Publish content;

    final CompletableFuture<MqttEvent.Published> stage;
    final StageCompleter completer;

    /** 1 to 65,535; 0 at QoS 0 and before it was sent for the first time. */
    int packetId;

    /** Whether it was sent on this connection. */
    boolean sent;

    /** Whether the broker may have received it on an earlier connection of this session (DUP). */
    boolean duplicate;

    /** Whether PUBREC was received: PUBREL is due, and the message must not be sent again [MQTT-4.3.3-1]. */
    boolean pubrecReceived;

    /** Whether nobody waits for it any more: it failed, or an earlier JVM published it. It is sent again all the same. */
    boolean abandoned;

    OutgoingMessage(Packet.Publish content, CompletableFuture<MqttEvent.Published> stage, StageCompleter completer) {
        this.content = content;
        this.stage = stage;
        this.completer = completer;
    }

    /** Returns a message whose stage nobody has. */
    static OutgoingMessage unobserved(Packet.Publish content) {
        return new OutgoingMessage(content, new CompletableFuture<>(), StageCompleter.DIRECT);
    }

    Qos qos() {
        return content.qos();
    }

    /** Returns the packet to send next for it. */
    Packet packet() {
        return pubrecReceived ? new Packet.PubRel(packetId) : publish();
    }

    Packet.Publish publish() {
        return qos() == Qos.AT_MOST_ONCE
                ? content
                : new Packet.Publish(
                        content.topic(), content.payload(), content.qos(), content.retain(), duplicate, packetId);
    }
}
