package io.github.cdimqtt.internal.paho;

import org.eclipse.paho.client.mqttv3.internal.wire.MqttAck;

/** An acknowledgement: PUBACK, PUBREC or PUBCOMP. Paho waits for no answer to it. */
final class AnswerPacket extends MqttAck {
    private final byte[] bytes;

    AnswerPacket(int type, int packetId) {
        super((byte) type);
        setMessageId(packetId);
        bytes = new byte[] {(byte) (type << 4), 2, (byte) (packetId >> 8), (byte) packetId};
    }

    @Override
    public byte[] getHeader() {
        return bytes;
    }

    @Override
    protected byte[] getVariableHeader() {
        throw new AssertionError("part of the header");
    }
}
