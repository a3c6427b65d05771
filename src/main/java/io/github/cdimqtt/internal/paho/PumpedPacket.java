package io.github.cdimqtt.internal.paho;

import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.internal.packet.PacketEncoder;
import io.github.cdimqtt.internal.text.Bytes;
import java.nio.ByteBuffer;
import org.eclipse.paho.client.mqttv3.internal.wire.MqttAck;

/**
 * A packet on its way through Paho, as an acknowledgement whatever it is: Paho 1.2.5 writes these in the order in which they
 * were sent, and keeps nothing of them.
 */
final class PumpedPacket extends MqttAck {
    private static final byte[] NONE = {};

    private final byte[] header;
    private final byte[] payload;

    PumpedPacket(Packet packet) {
        super(MESSAGE_TYPE_PUBACK);
        header = PacketEncoder.encode(packet);
        payload = packet instanceof Packet.Publish publish ? bytes(publish.payload()) : NONE;
    }

    private static byte[] bytes(ByteBuffer payload) {
        if (payload.hasArray() && payload.arrayOffset() == 0 && payload.array().length == payload.remaining()) {
            return payload.array();
        }
        return Bytes.copyOf(payload);
    }

    @Override
    public byte[] getHeader() {
        return header;
    }

    @Override
    public byte[] getPayload() {
        return payload;
    }

    @Override
    protected byte[] getVariableHeader() {
        throw new AssertionError("part of the header");
    }
}
