package io.github.cdimqtt.internal.session.store;

import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.internal.text.Bytes;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A message as a {@link MessageStore} stores it: one sent, or received, before. Immutable.
 *
 * @param pubrecReceived whether PUBREC was received for it
 */
public record StoredMessage(Packet.Publish message, boolean pubrecReceived) {
    void write(DataOutputStream out) throws IOException {
        byte[] topic = message.topic().getBytes(StandardCharsets.UTF_8);
        out.writeShort(message.packetId());
        out.writeByte(message.qos().level());
        out.writeBoolean(message.retain());
        out.writeBoolean(pubrecReceived);
        out.writeInt(topic.length);
        out.write(topic);
        out.writeInt(message.payload().remaining());
        out.write(Bytes.copyOf(message.payload()));
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws IOException if the data is anything else
     */
    static StoredMessage read(DataInputStream in) throws IOException {
        int packetId = in.readUnsignedShort();
        int qos = in.readByte();
        boolean retain = in.readBoolean();
        boolean pubrecReceived = in.readBoolean();
        String topic = new String(field(in), StandardCharsets.UTF_8);
        ByteBuffer payload = ByteBuffer.wrap(field(in));
        if (qos != Qos.AT_LEAST_ONCE.level() && qos != Qos.EXACTLY_ONCE.level()) {
            throw new IOException("QoS " + qos);
        }
        return new StoredMessage(
                new Packet.Publish(topic, payload, Qos.of(qos), retain, true, packetId), pubrecReceived);
    }

    private static byte[] field(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > in.available()) {
            throw new IOException("length " + length);
        }
        return in.readNBytes(length);
    }
}
