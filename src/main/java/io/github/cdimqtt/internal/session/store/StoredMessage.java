package io.github.cdimqtt.internal.session.store;

import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.text.Bytes;
import io.github.cdimqtt.internal.transport.InboundMessage;
import io.github.cdimqtt.internal.transport.OutboundMessage;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A message as a {@link MessageStore} stores it. Immutable.
 *
 * @param pubrecReceived whether PUBREC was received
 */
public record StoredMessage(
        int packetId, String topic, ByteBuffer payload, Qos qos, boolean retained, boolean pubrecReceived) {
    /** Returns an outgoing message as it is stored. */
    public static StoredMessage of(int packetId, OutboundMessage message, boolean pubrecReceived) {
        return new StoredMessage(
                packetId,
                message.topic(),
                ByteBuffer.wrap(message.payload()),
                message.qos(),
                message.retain(),
                pubrecReceived);
    }

    /** Returns an incoming message as it is stored. */
    public static StoredMessage of(InboundMessage message) {
        return new StoredMessage(
                message.packetId(), message.topic(), message.payload(), message.qos(), message.retained(), false);
    }

    public OutboundMessage outbound() {
        return new OutboundMessage(topic, Bytes.copyOf(payload), qos, retained);
    }

    public InboundMessage inbound() {
        return new InboundMessage(topic, payload, qos, retained, true, packetId);
    }

    void write(DataOutputStream out) throws IOException {
        byte[] name = topic.getBytes(StandardCharsets.UTF_8);
        out.writeShort(packetId);
        out.writeByte(qos.level());
        out.writeBoolean(retained);
        out.writeBoolean(pubrecReceived);
        out.writeInt(name.length);
        out.write(name);
        out.writeInt(payload.remaining());
        out.write(Bytes.copyOf(payload));
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws IOException if the data is anything else
     */
    static StoredMessage read(DataInputStream in) throws IOException {
        int packetId = in.readUnsignedShort();
        int qos = in.readByte();
        boolean retained = in.readBoolean();
        boolean pubrecReceived = in.readBoolean();
        String topic = new String(field(in), StandardCharsets.UTF_8);
        ByteBuffer payload = ByteBuffer.wrap(field(in));
        if (qos != Qos.AT_LEAST_ONCE.level() && qos != Qos.EXACTLY_ONCE.level()) {
            throw new IOException("QoS " + qos);
        }
        return new StoredMessage(packetId, topic, payload, Qos.of(qos), retained, pubrecReceived);
    }

    private static byte[] field(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > in.available()) {
            throw new IOException("length " + length);
        }
        return in.readNBytes(length);
    }
}
