package io.github.cdimqtt.internal.paho;

import io.github.cdimqtt.internal.packet.PacketType;
import io.github.cdimqtt.internal.packet.PacketWriter;
import io.github.cdimqtt.internal.transport.Subscription;
import java.util.List;
import org.eclipse.paho.client.mqttv3.internal.wire.MqttWireMessage;

/** A packet answered under its packet identifier: SUBSCRIBE, UNSUBSCRIBE or PUBREL. */
final class RequestPacket extends MqttWireMessage {
    /** The fixed flags of these three types (MQTT 3.1.1, table 2.2). */
    private static final int FLAGS = 0b0010;

    private final byte[] bytes;

    private RequestPacket(int type, int packetId, PacketWriter content) {
        super((byte) type);
        setMessageId(packetId);
        bytes = content.packet(type << 4 | FLAGS, 0);
    }

    static RequestPacket subscribe(int packetId, List<Subscription> subscriptions) {
        PacketWriter content = new PacketWriter().add16(packetId);
        for (Subscription subscription : subscriptions) {
            content.add(subscription.filter()).add8(subscription.qos().level());
        }
        return new RequestPacket(PacketType.SUBSCRIBE, packetId, content);
    }

    static RequestPacket unsubscribe(int packetId, List<String> filters) {
        PacketWriter content = new PacketWriter().add16(packetId);
        filters.forEach(content::add);
        return new RequestPacket(PacketType.UNSUBSCRIBE, packetId, content);
    }

    static RequestPacket pubrel(int packetId) {
        return new RequestPacket(PacketType.PUBREL, packetId, new PacketWriter().add16(packetId));
    }

    @Override
    public byte[] getHeader() {
        return bytes;
    }

    @Override
    protected byte getMessageInfo() {
        return FLAGS;
    }

    @Override
    protected byte[] getVariableHeader() {
        throw new AssertionError("part of the header");
    }
}
