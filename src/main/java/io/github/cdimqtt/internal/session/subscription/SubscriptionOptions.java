package io.github.cdimqtt.internal.session.subscription;

import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.Retained;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.internal.packet.ProtocolVersion;

/**
 * What the settings say about all subscriptions of a session (MQTT 5.0, section 3.8.3.1).
 *
 * @param mqtt5 whether there is more to ask for than a QoS
 * @param sessionKept whether the broker keeps subscriptions when the connection is gone
 * @param identifiers whether overlapping filters get an identifier
 */
public record SubscriptionOptions(
        boolean mqtt5, boolean sessionKept, boolean identifiers, boolean noLocal, boolean retainAsPublished) {

    public static SubscriptionOptions of(MqttConfig config) {
        boolean mqtt5 = ProtocolVersion.of(config.protocolVersion()).hasProperties();
        return new SubscriptionOptions(
                mqtt5,
                config.sessionKept(),
                mqtt5 && config.subscriptionIdentifiers(),
                mqtt5 && config.noLocal(),
                mqtt5 && config.retainAsPublished());
    }

    /** Returns how a filter is asked for. A shared one never has no-local [MQTT-3.8.3-4]. */
    Packet.Subscription subscription(WantedFilter wanted, Retained retained) {
        if (!mqtt5) {
            return new Packet.Subscription(wanted.filter.wire(), wanted.highestQos());
        }
        boolean shared = !wanted.filter.bringsRetained();
        return new Packet.Subscription(
                wanted.filter.wire(), wanted.highestQos(), noLocal && !shared, retainAsPublished, handling(retained));
    }

    private static int handling(Retained retained) {
        return switch (retained) {
            case SEND -> 0;
            case SEND_IF_NEW -> 1;
            case SKIP -> 2;
        };
    }

    /**
     * Returns whether the broker sends a copy of each retained message that matches a filter. With retain-as-published RETAIN
     * does not tell a copy from a live message, so none is expected.
     *
     * @param isNew whether the broker certainly has no such subscription
     */
    boolean bringsCopies(Retained retained, boolean isNew) {
        return !retainAsPublished && (!mqtt5 || retained == Retained.SEND || retained == Retained.SEND_IF_NEW && isNew);
    }
}
