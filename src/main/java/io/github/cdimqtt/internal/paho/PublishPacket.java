package io.github.cdimqtt.internal.paho;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.cdimqtt.internal.packet.PacketType;
import io.github.cdimqtt.internal.packet.PacketWriter;
import io.github.cdimqtt.internal.transport.OutboundMessage;
import java.util.Locale;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.internal.wire.MqttPublish;
import org.jspecify.annotations.Nullable;

/** A PUBLISH with a packet identifier of ours, and any character in its topic. */
final class PublishPacket extends MqttPublish {
    private final OutboundMessage message;
    private final boolean again;

    /**
     * Creates the packet.
     *
     * @param packetId 0 at QoS 0
     * @param again whether it may have gone before
     */
    PublishPacket(OutboundMessage message, int packetId, boolean again) {
        super(message.topic(), qos(message));
        this.message = message;
        this.again = again;
        setMessageId(packetId);
    }

    /** Returns what of a message is more than a packet can hold, null if nothing is. */
    static @Nullable String excess(OutboundMessage message) {
        int length = message.payload().length;
        if (length < PacketWriter.LARGEST / 2 && message.topic().length() < PacketWriter.LONGEST_FIELD / 3) {
            return null;
        }
        int topic = message.topic().getBytes(UTF_8).length;
        if (topic > PacketWriter.LONGEST_FIELD) {
            return String.format(Locale.ROOT, "a topic of %,d bytes", topic);
        }
        return length > PacketWriter.LARGEST - 4 - topic
                ? String.format(Locale.ROOT, "a message of %,d bytes", length)
                : null;
    }

    @Override
    public byte[] getHeader() {
        int flags = (again ? 8 : 0) | message.qos().level() << 1 | (message.retain() ? 1 : 0);
        PacketWriter writer = new PacketWriter().add(message.topic());
        if (message.qos().level() > 0) {
            writer.add16(getMessageId());
        }
        return writer.packet(PacketType.PUBLISH << 4 | flags, message.payload().length);
    }

    /** Returns the message itself, not a copy of it. */
    @Override
    public byte[] getPayload() {
        return message.payload();
    }

    /** Returns what else Paho asks of a message. */
    private static MqttMessage qos(OutboundMessage message) {
        MqttMessage qos = new MqttMessage();
        qos.setQos(message.qos().level());
        return qos;
    }
}
