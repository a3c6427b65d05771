package io.github.cdimqtt.internal.paho;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.cdimqtt.internal.client.OutboundMessage;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.internal.wire.MqttPublish;

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

    /** Tells whether a message is within what a packet can hold. */
    static boolean fits(OutboundMessage message) {
        int length = message.payload().length;
        return length < PacketWriter.LARGEST / 2
                || length <= PacketWriter.LARGEST - 4 - message.topic().getBytes(UTF_8).length;
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
