package io.github.cdimqtt.internal.session.outbound;

import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.MqttReason;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.internal.packet.ProtocolVersion;
import io.github.cdimqtt.internal.packet.PublishSize;
import io.github.cdimqtt.internal.packet.Terms;
import io.github.cdimqtt.internal.reporting.IgnoredFailures.KnownFailure;
import io.github.cdimqtt.internal.text.Printable;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Explains why a message was not sent. */
public final class PublishFailures {
    private static final MqttReason PACKET_TOO_LARGE = new MqttReason(0x95);
    private static final MqttReason RETAIN_NOT_SUPPORTED = new MqttReason(0x9a);
    private static final MqttReason QOS_NOT_SUPPORTED = new MqttReason(0x9b);

    private PublishFailures() {}

    /** Returns the failure of a message that is too large for a packet; null if it is not. */
    static @Nullable MqttException tooLarge(Packet.Publish message, ProtocolVersion version) {
        String excess = PublishSize.excess(message, version);
        return excess == null ? null : new MqttException(excess + " is more than a packet can hold");
    }

    /**
     * Returns the failure of a message that the broker does not allow on this connection (MQTT 5.0, section 3.2.2.3); null if
     * it does, as with MQTT 3.1.1 always.
     *
     * @param again whether it went on an earlier connection
     */
    static @Nullable MqttException forbidden(Packet.Publish message, boolean again, Terms terms) {
        if (message.qos().level() > terms.maximumQos().level()) {
            int highest = terms.maximumQos().level();
            return forbidden(
                    message,
                    again,
                    "of QoS " + message.qos().level(),
                    QOS_NOT_SUPPORTED,
                    "the broker allows QoS " + highest + " at most; publish it with QoS " + highest);
        } else if (message.retain() && !terms.retainAvailable()) {
            return forbidden(
                    message,
                    again,
                    "that is to be retained",
                    RETAIN_NOT_SUPPORTED,
                    "the broker retains no messages; publish it without retain");
        } else if (!PublishSize.fits(message, terms.maximumPacketSize())) {
            return forbidden(
                    message,
                    again,
                    String.format(Locale.ROOT, "that is a packet of %,d bytes", PublishSize.of(message)),
                    PACKET_TOO_LARGE,
                    String.format(
                            Locale.ROOT,
                            "the broker allows %,d bytes at most; publish less at a time, or allow more there",
                            terms.maximumPacketSize()));
        }
        return null;
    }

    private static MqttException forbidden(
            Packet.Publish message, boolean again, String which, MqttReason reason, String remedy) {
        return new MqttException(
                "the message to '" + Printable.of(message.topic()) + "' " + which
                        + (again ? " is not sent again (" : " is not sent (") + reason + "): "
                        + (again
                                ? "the broker may have it already; publish it anew only if it may come twice"
                                : remedy),
                null,
                reason);
    }

    /** Returns the failure of a message that the broker refused, which is in the log. */
    static MqttException refused(Packet.Publish message, MqttReason reason) {
        return new KnownFailure(
                "the broker refused the message of QoS " + message.qos().level() + " to '"
                        + Printable.of(message.topic()) + "' (" + reason
                        + "): it is not sent again; allow it in the broker, or change it, and publish it anew",
                reason);
    }

    static MqttException expired(Packet.Publish message) {
        Duration expiry = message.properties().expiry();
        return new MqttException("expired after " + (expiry == null ? 0 : expiry.toSeconds())
                + " s in the queue: the message to '" + Printable.of(message.topic())
                + "' is not sent; give it a longer expiry, or none");
    }

    static MqttException notConnected(Packet.Publish message) {
        return new MqttException("not connected: a message of QoS 0 to '" + Printable.of(message.topic())
                + "' is not kept; use QoS 1, or wait for MqttEvent.Connected");
    }

    /** Returns the failure of a message for which there is no room. */
    public static MqttException queueFull(String topic, int offlineBuffer) {
        return new MqttException(
                "the queue of messages to be sent is full (offline-buffer=" + offlineBuffer + "): the one to '"
                        + Printable.of(topic) + "' was not taken; wait for stages, or raise offline-buffer");
    }

    static MqttException connectionLost(Packet.Publish message, MqttException cause) {
        return new MqttException(
                "the connection was lost before the message to '" + Printable.of(message.topic()) + "' was sent",
                cause);
    }
}
