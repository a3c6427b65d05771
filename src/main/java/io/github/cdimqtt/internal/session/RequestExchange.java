package io.github.cdimqtt.internal.session;

import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.internal.session.reconnect.ConnectionEnd;
import io.github.cdimqtt.internal.session.reconnect.ReconnectPolicy;
import io.github.cdimqtt.internal.session.subscription.RequestSender;
import io.github.cdimqtt.internal.session.subscription.SubscriptionSync;
import io.github.cdimqtt.internal.transport.PacketChannel;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sends SUBSCRIBE and UNSUBSCRIBE on one connection, one at a time, and checks their answers. On the session's executor only.
 */
final class RequestExchange implements RequestSender {
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(30);

    private final ConnectionAttempt attempt;
    private final SessionParts parts;
    private final PacketChannel channel;
    private int packetId; // 0 while no answer is due
    private int filters;
    private boolean subscribing; // otherwise it is an UNSUBSCRIBE
    private Packet.@Nullable Publish firstBefore; // the first unanswered message when the request was sent

    RequestExchange(ConnectionAttempt attempt, SessionParts parts, PacketChannel channel) {
        this.attempt = attempt;
        this.parts = parts;
        this.channel = channel;
    }

    @Override
    public String server() {
        return attempt.server().toString();
    }

    @Override
    public void subscribe(List<Packet.Subscription> subscriptions, int identifier) {
        channel.send(new Packet.Subscribe(begin(subscriptions.size(), true), subscriptions, identifier));
    }

    @Override
    public void unsubscribe(List<String> filters) {
        channel.send(new Packet.Unsubscribe(begin(filters.size(), false), filters));
    }

    private int begin(int filters, boolean subscribing) {
        firstBefore = parts.publishQueue().firstUnanswered();
        packetId = parts.packetIds().reserve();
        this.filters = filters;
        this.subscribing = subscribing;
        attempt.setTimeout(ANSWER_TIMEOUT, "the broker did not answer a subscription");
        return packetId;
    }

    @Override
    public void settled() {
        attempt.setTimeout(null, "");
    }

    void answered(Packet.SubAck answer) {
        if (isExpected(answer.packetId(), subscribing)
                && isComplete(answer.reasonCodes().size(), "SUBSCRIBE")) {
            end();
            parts.subscriptionSync().granted(answer);
        }
    }

    void answered(Packet.UnsubAck answer) {
        int codes = answer.reasonCodes().size();
        if (isExpected(answer.packetId(), !subscribing)
                && (codes == 0 || isComplete(codes, "UNSUBSCRIBE"))) { // MQTT 3.1.1 has no codes
            end();
            parts.subscriptionSync().unsubscribed(answer);
        }
    }

    /** A code for each filter [MQTT-3.8.4-6], [MQTT-3.11.3-1]. */
    private boolean isComplete(int codes, String request) {
        boolean complete = codes == filters;
        if (!complete) {
            attempt.violated("the broker answered " + filters + " topic filters of " + request + " with " + codes
                    + " reason codes");
        }
        return complete;
    }

    private boolean isExpected(int answered, boolean isRightType) {
        boolean expected = answered == packetId && packetId > 0 && isRightType;
        if (!expected) {
            attempt.violated("the broker answered what it was never asked, with an unknown packet identifier");
        }
        return expected;
    }

    /** Ends the request, answered or not. */
    void end() {
        if (packetId > 0) {
            parts.packetIds().release(packetId);
            packetId = 0;
        }
    }

    /** The connection is lost, perhaps over a request. Returns the delay before the next attempt. */
    Duration connectionLost(MqttException cause, ReconnectPolicy policy) {
        SubscriptionSync subscriptions = parts.subscriptionSync();
        Packet.Publish first = firstUnanswered(subscriptions.wasAnswered());
        boolean overRequest = first == null && subscriptions.isWaiting() && new ConnectionEnd(cause).isNoAnswer();
        if (overRequest) {
            subscriptions.hungUpOnRequest();
        } else {
            subscriptions.lostOtherwise();
        }
        return policy.connectionLost(cause, first, overRequest);
    }

    /**
     * Returns the message that the broker must answer first; null if there is none.
     *
     * @param behindRequests whether the message may have been sent after an unanswered request
     */
    @SuppressWarnings("ReferenceEquality") // another message may be equal
    Packet.@Nullable Publish firstUnanswered(boolean behindRequests) {
        Packet.Publish first = parts.publishQueue().firstUnanswered();
        return behindRequests || packetId == 0 || first == firstBefore ? first : null;
    }
}
