package io.github.cdimqtt.internal.session.inbound;

import io.github.cdimqtt.internal.packet.MalformedPacketException;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.internal.packet.ProtocolVersion;
import io.github.cdimqtt.internal.transport.PacketChannel;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The acknowledgements on one connection after the other: in order of arrival [MQTT-4.6.0-2], whichever message completes first.
 * Guarded by the lock of its {@link IncomingFlows}.
 */
final class Acknowledgements {
    private final ReceiveQuota quota;
    private final Queue<Delivery> order = new ArrayDeque<>();
    private @Nullable PacketChannel channel;

    Acknowledgements(ProtocolVersion version, int receiveMaximum) {
        this.quota = ReceiveQuota.of(version, receiveMaximum);
    }

    void connected(PacketChannel connected) {
        channel = connected;
        order.clear();
        quota.connected();
    }

    void disconnected() {
        channel = null;
        order.clear();
    }

    /** Returns whether this is the channel of the connection. */
    boolean areOn(@Nullable PacketChannel other) {
        return channel != null && channel == other;
    }

    /** Returns whether a message of this connection is still to be acknowledged. */
    boolean areDue() {
        return !order.isEmpty();
    }

    /**
     * A message was received.
     *
     * @throws MalformedPacketException if it is more than the broker may have unacknowledged
     */
    void received(int packetId) throws MalformedPacketException {
        quota.received(packetId);
    }

    /** A message takes its turn. */
    void add(Delivery delivery) {
        order.add(delivery);
    }

    /**
     * Acknowledges the messages whose turn it is and that are complete.
     *
     * @param end ends the flow of one; returns false if its packet identifier belongs to another message now
     */
    void sendReady(Predicate<Delivery> end) {
        for (Delivery head = order.peek(); head != null && head.complete; head = order.peek()) {
            order.remove();
            if (channel != null && end.test(head)) {
                int id = head.message().packetId();
                send(head.isOfQos2() ? new Packet.PubComp(id) : new Packet.PubAck(id), id);
            }
        }
    }

    /** Sends an acknowledgement out of turn. */
    void send(Packet answer, int packetId) {
        quota.acknowledged(packetId); // before it is sent: the next message may follow at once
        if (channel != null) {
            channel.send(answer);
        }
    }
}
