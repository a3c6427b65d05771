package io.github.cdimqtt.internal.paho;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.cdimqtt.internal.packet.PacketType;
import io.github.cdimqtt.internal.packet.PacketWriter;
import io.github.cdimqtt.internal.text.MqttText;
import io.github.cdimqtt.internal.transport.OutboundMessage;
import java.util.Locale;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.internal.wire.MqttPublish;
import org.jspecify.annotations.Nullable;

/** A PUBLISH with a packet identifier of the session, and any characters in its topic. */
final class PublishPacket extends MqttPublish {
    private final OutboundMessage message;
    private final boolean sentBefore;

    /**
     * Creates the packet.
     *
     * @param packetId 0 at QoS 0
     * @param sentBefore whether the message may have been sent before (DUP)
     */
    PublishPacket(OutboundMessage message, int packetId, boolean sentBefore) {
        super(message.topic(), pahoMessage(message));
        this.message = message;
        this.sentBefore = sentBefore;
        setMessageId(packetId);
    }

    /** Returns which part of a message is too large for a packet; null if none is. */
    static @Nullable String excess(OutboundMessage message) {
        int length = message.payload().length;
        if (length < PacketWriter.MAX_REMAINING_LENGTH / 2 && message.topic().length() < MqttText.MAX_BYTES / 3) {
            return null;
        }
        int topic = message.topic().getBytes(UTF_8).length;
        if (topic > MqttText.MAX_BYTES) {
            return String.format(Locale.ROOT, "a topic of %,d bytes", topic);
        }
        return length > PacketWriter.MAX_REMAINING_LENGTH - 4 - topic
                ? String.format(Locale.ROOT, "a message of %,d bytes", length)
                : null;
    }

    @Override
    public byte[] getHeader() {
        int flags = (sentBefore ? 8 : 0) | message.qos().level() << 1 | (message.retain() ? 1 : 0);
        PacketWriter writer = new PacketWriter().add(message.topic());
        if (message.qos().level() > 0) {
            writer.add16(getMessageId());
        }
        return writer.packet(PacketType.PUBLISH << 4 | flags, message.payload().length);
    }

    /** Returns the payload itself, not a copy. */
    @Override
    public byte[] getPayload() {
        return message.payload();
    }

    /** Returns a message with all that Paho reads of it: the QoS. */
    private static MqttMessage pahoMessage(OutboundMessage message) {
        MqttMessage paho = new MqttMessage();
        paho.setQos(message.qos().level());
        return paho;
    }
}
