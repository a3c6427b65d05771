package io.github.cdimqtt.internal.session.outbound;

import io.github.cdimqtt.MqttEvent;
import io.github.cdimqtt.MqttProperties;
import io.github.cdimqtt.MqttReason;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.concurrent.StageCompleter;
import io.github.cdimqtt.internal.concurrent.Timer;
import io.github.cdimqtt.internal.packet.Packet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A message on its way to the broker, from the call to the acknowledgement. Guarded by the lock of its {@link PublishQueue}. */
final class OutgoingMessage {
    /** As the application published it: without a packet identifier, and with the whole of its expiry. */
    final Packet.Publish content;

    /** How long it is of use; null for ever. */
    final @Nullable MessageExpiry expiry;

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

    /** What the broker said in PUBREC, which PUBCOMP does not repeat (MQTT 5.0, sections 3.5.2.1 and 3.7.2.1). */
    MqttReason pubrecReason = MqttReason.SUCCESS;

    /** Whether nobody waits for it any more: it failed, or an earlier JVM published it. It is sent again all the same. */
    boolean abandoned;

    OutgoingMessage(
            Packet.Publish content,
            @Nullable MessageExpiry expiry,
            CompletableFuture<MqttEvent.Published> stage,
            StageCompleter completer) {
        this.content = content;
        this.expiry = expiry;
        this.stage = stage;
        this.completer = completer;
    }

    /** Returns a message whose stage nobody has. */
    static OutgoingMessage unobserved(Packet.Publish content, @Nullable MessageExpiry expiry) {
        return new OutgoingMessage(content, expiry, new CompletableFuture<>(), StageCompleter.DIRECT);
    }

    Qos qos() {
        return content.qos();
    }

    /** Returns the PUBLISH to send now, with what is left of its expiry. */
    Packet.Publish publish(Timer timer) {
        if (expiry != null) {
            return publish(expiry.remaining(content.properties(), timer.nanoTime()));
        }
        return qos() == Qos.AT_MOST_ONCE ? content : publish();
    }

    /** Returns the PUBLISH to store, as the application published it. */
    Packet.Publish publish() {
        return publish(content.properties());
    }

    private Packet.Publish publish(MqttProperties properties) {
        return new Packet.Publish(
                content.topic(),
                content.payload(),
                content.qos(),
                content.retain(),
                duplicate,
                packetId,
                properties,
                0,
                List.of());
    }
}
