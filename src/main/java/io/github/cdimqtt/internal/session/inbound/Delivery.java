package io.github.cdimqtt.internal.session.inbound;

import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.internal.session.subscription.Recipient;
import io.github.cdimqtt.internal.transport.PacketChannel;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A received message until its observers have completed. In a kept session it may outlive its connection: when the broker
 * sends it again on another one, it is acknowledged there. What changes is guarded by the {@link IncomingFlows}, but for its
 * failure.
 */
public final class Delivery {
    /** Where a message of QoS 2 stands; one of QoS 1 is released from the start. */
    enum State {
        AWAITING_PUBREL,
        RELEASED,
        /** Delivered with nothing to acknowledge, because its PUBREL did not come. */
        ABANDONED
    }

    private final Packet.Publish message;
    private @Nullable Set<Recipient> recipients; // written once, before it is dispatched
    private int subscribed; // likewise
    private @Nullable ObserverFailure failure; // guarded by this

    State state;

    /** The channel that it was received on last, where it is acknowledged; null if that was in an earlier JVM. */
    @Nullable
    PacketChannel channel;

    /** Whether all observers have completed: it is acknowledged as soon as those before it are. */
    boolean complete;

    Delivery(@Nullable PacketChannel channel, Packet.Publish message, State state) {
        this.channel = channel;
        this.message = message;
        this.state = state;
    }

    public Packet.Publish message() {
        return message;
    }

    /**
     * Returns whether a message is this one sent again: that has DUP. But a broker that was killed may know the session and not
     * its packet identifiers (Artemis): then a different topic or payload is another message, even with DUP.
     */
    boolean isRepeatedBy(Packet.Publish other) {
        return other.duplicate()
                && message.qos() == other.qos()
                && message.topic().equals(other.topic())
                && message.payload().equals(other.payload());
    }

    boolean isOfQos2() {
        return message.qos() == Qos.EXACTLY_ONCE;
    }

    /** Returns the same message with nothing to acknowledge. */
    Delivery orphan() {
        return new Delivery(
                null,
                new Packet.Publish(
                        message.topic(),
                        message.payload(),
                        message.qos(),
                        message.retain(),
                        message.duplicate(),
                        0,
                        message.properties(),
                        0,
                        message.subscriptionIdentifiers()),
                State.ABANDONED);
    }

    /** It is done with, and not acknowledged. */
    void settle() {
        if (channel != null) {
            channel.settled(message);
        }
    }

    void setRecipients(@Nullable Set<Recipient> recipients) {
        this.recipients = recipients;
    }

    /** Sets how many consumers have subscribed when it was received. */
    void setSubscribed(int subscribed) {
        this.subscribed = subscribed;
    }

    int subscribed() {
        return subscribed;
    }

    /** Returns the recipients; null for all that match the message. */
    @Nullable
    Set<Recipient> recipients() {
        return recipients;
    }

    /** An observer has failed. The first one decides what is said of it. */
    synchronized void failed(ObserverFailure failed) {
        if (failure == null) {
            failure = failed;
        }
    }

    /** Returns the first failure of an observer; null if none has failed. */
    synchronized @Nullable ObserverFailure failure() {
        return failure;
    }
}
