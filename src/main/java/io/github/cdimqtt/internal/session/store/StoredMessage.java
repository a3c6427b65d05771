package io.github.cdimqtt.internal.session.store;

import io.github.cdimqtt.MqttProperties;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.internal.text.Bytes;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message as a {@link MessageStore} stores it: one sent, or received, before. Immutable.
 *
 * @param message as it was published, or received: with the whole of its expiry; read again, it has DUP, and neither topic
 *     alias nor subscription identifiers
 * @param pubrecReceived whether PUBREC was received for it
 * @param deadline when one that was published expires, in milliseconds since 1970; null if it does not
 */
public record StoredMessage(
        Packet.Publish message,
        boolean pubrecReceived,
        @Nullable Long deadline) {
    /** Of what is written; version 1 had neither deadline nor properties. */
    static final int VERSION = 2;

    /** A message that does not expire here. */
    public StoredMessage(Packet.Publish message, boolean pubrecReceived) {
        this(message, pubrecReceived, null);
    }

    void write(DataOutputStream out) throws IOException {
        out.writeShort(message.packetId());
        out.writeByte(message.qos().level());
        out.writeBoolean(message.retain());
        out.writeBoolean(pubrecReceived);
        writeText(out, message.topic());
        writeField(out, Bytes.copyOf(message.payload()));
        out.writeBoolean(deadline != null);
        if (deadline != null) {
            out.writeLong(deadline);
        }
        StoredProperties.write(out, message.properties());
    }

    static void writeText(DataOutputStream out, String text) throws IOException {
        writeField(out, text.getBytes(StandardCharsets.UTF_8));
    }

    static void writeField(DataOutputStream out, byte[] field) throws IOException {
        out.writeInt(field.length);
        out.write(field);
    }

    /**
     * Reads what {@link #write} wrote, in this version or in version 1.
     *
     * @throws IOException if the data is anything else
     */
    static StoredMessage read(DataInputStream in, int version) throws IOException {
        int packetId = in.readUnsignedShort();
        int qos = in.readByte();
        boolean retain = in.readBoolean();
        boolean pubrecReceived = in.readBoolean();
        String topic = readText(in);
        ByteBuffer payload = ByteBuffer.wrap(readField(in));
        if (qos != Qos.AT_LEAST_ONCE.level() && qos != Qos.EXACTLY_ONCE.level()) {
            throw new IOException("QoS " + qos);
        }
        Long deadline = version > 1 && in.readBoolean() ? in.readLong() : null;
        MqttProperties properties = version > 1 ? StoredProperties.read(in) : MqttProperties.NONE;
        return new StoredMessage(
                new Packet.Publish(topic, payload, Qos.of(qos), retain, true, packetId, properties, 0, List.of()),
                pubrecReceived,
                deadline);
    }

    static String readText(DataInputStream in) throws IOException {
        return new String(readField(in), StandardCharsets.UTF_8);
    }

    static byte[] readField(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > in.available()) {
            throw new IOException("length " + length);
        }
        return in.readNBytes(length);
    }
}
