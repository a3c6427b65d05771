package io.github.cdimqtt.internal.session.outbound;

import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.internal.concurrent.Timer;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.internal.packet.PublishSize;
import io.github.cdimqtt.internal.packet.Terms;
import io.github.cdimqtt.internal.transport.PacketChannel;
import org.jspecify.annotations.Nullable;

/**
 * The connection that messages are sent on: what the broker allows on it, and its topic aliases. Guarded by the lock of its
 * {@link PublishQueue}.
 */
final class PublishConnection {
    private final PacketChannel channel;
    private final Terms terms;
    private final TopicAliases aliases;
    private final Timer timer;

    /**
     * Creates a connection that the broker has accepted.
     *
     * @param topicAliasMaximum how many topics may go as a number, if the broker allows as many; 0 for none
     */
    PublishConnection(PacketChannel channel, Terms terms, int topicAliasMaximum, Timer timer) {
        this.channel = channel;
        this.terms = terms;
        this.aliases = new TopicAliases(Math.min(topicAliasMaximum, terms.topicAliasMaximum()));
        this.timer = timer;
    }

    boolean isOn(PacketChannel other) {
        return channel == other;
    }

    /** Returns why a message that has not gone yet is not to be sent; null if it is. */
    @Nullable
    MqttException fault(OutgoingMessage message) {
        return message.expiry != null && message.expiry.isOver(timer.nanoTime())
                ? PublishFailures.expired(message.content)
                : PublishFailures.forbidden(message.content, false, terms);
    }

    /** Returns why a message of an earlier connection can't be sent on this one; null if it can: it does not expire any more. */
    @Nullable
    MqttException faultOfResent(OutgoingMessage message) {
        return message.pubrecReceived ? null : PublishFailures.forbidden(message.content, true, terms);
    }

    /** Sends what is due for a message: PUBLISH or PUBREL. */
    void send(OutgoingMessage message) {
        if (message.pubrecReceived) {
            channel.send(new Packet.PubRel(message.packetId));
            return;
        }
        Packet.Publish publish = message.publish(timer);
        boolean mayHaveAlias =
                aliases.areAllowed() && PublishSize.fits(publish, terms.maximumPacketSize() - PublishSize.OF_ALIAS);
        channel.send(mayHaveAlias ? aliases.apply(publish) : publish);
    }

    /** Sends a packet as it is. */
    void send(Packet packet) {
        channel.send(packet);
    }
}
