package io.github.cdimqtt.internal.session.subscription;

import static java.lang.System.Logger.Level.DEBUG;

import io.github.cdimqtt.MqttEvent;
import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.MqttReason;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.reporting.ConnectionListener;
import io.github.cdimqtt.internal.reporting.MessageId;
import io.github.cdimqtt.internal.topic.TopicFilter;

/** Logs what happens to subscriptions, and fires its events. On the session's executor only, but for {@link #identifiersMissing}. */
public final class SubscriptionLog {
    /** In place of a reason that the broker did not give. */
    private static final MqttReason UNSPECIFIED = new MqttReason(0x80);

    private static final String REFUSED_END = "the broker refused to end the subscription to '";

    private final String broker;
    private final ConnectionListener listener;

    public SubscriptionLog(ConnectionListener listener) {
        this.broker = listener.broker();
        this.listener = listener;
    }

    /** The broker granted a requested filter; a lower QoS than requested is logged once. */
    void granted(WantedFilter wanted, Qos requested) {
        Qos granted = wanted.grantedQos;
        if (granted == null || granted.compareTo(requested) >= 0) {
            wanted.reportedQos = null;
        } else if (wanted.reportedQos != granted) {
            wanted.reportedQos = granted;
            log(
                    MessageId.LESS_QOS_GRANTED,
                    "the broker granted QoS " + granted.level() + " for '" + wanted + "', not the " + requested.level()
                            + " that was asked for: its messages come with that at most");
        }
    }

    /** The broker refused a filter, or said in CONNACK that it will. */
    void refused(WantedFilter wanted, MqttReason reason) {
        listener.event(new MqttEvent.SubscriptionRefused(broker, wanted.filter.wire(), reason));
        log(MessageId.SUBSCRIPTION_REFUSED, failure(wanted, reason));
    }

    /** Returns what the calls are told that wait for a filter that was refused. */
    static String failure(WantedFilter wanted, MqttReason reason) {
        return "the broker refused the subscription to '" + wanted + "' (" + reason + "); " + remedy(reason);
    }

    private static String remedy(MqttReason reason) {
        return switch (reason.code()) {
            case 0x8f -> "it takes no such topic filter: subscribe to another";
            case BrokerLimits.TOO_LARGE -> "shorten the topic filter, or raise the maximum packet size of the broker";
            case 0x97 -> "subscribe to less, or raise the quota of this client there";
            case BrokerLimits.NO_SHARED_SUBSCRIPTIONS -> "subscribe without $share/, or use another broker";
            case BrokerLimits.NO_IDENTIFIERS -> "set subscription-identifiers=false";
            case BrokerLimits.NO_WILDCARDS -> "subscribe to each topic by its name";
            default -> "check the permissions of this client there";
        };
    }

    /** The broker did not end a subscription, and nobody waits for that: mostly another filter covers it now. */
    void endRefused(WantedFilter wanted, MqttReason reason) {
        WantedFilter cover = wanted.cover;
        log(
                MessageId.SUBSCRIPTION_REFUSED,
                cover == null
                        ? endFailure(wanted, reason)
                        : REFUSED_END + wanted + "' (" + reason + "), which '" + cover
                                + "' covers, so its messages may come twice; check the permissions of this client there");
    }

    /** Returns what the calls are told that wait for the end of a subscription that the broker did not end. */
    static String endFailure(WantedFilter wanted, MqttReason reason) {
        return REFUSED_END + wanted + "' (" + reason
                + "), so its messages may still come; unsubscribe again, or check the permissions of this client there";
    }

    /** The broker did not name a filter that a message matches. Any thread. */
    void identifiersMissing(TopicFilter filter) {
        log(
                MessageId.IDENTIFIERS_MISSING,
                "a message that matches '" + filter + "' came for another filter alone: the broker does not send all"
                        + " subscription identifiers, so identifiers are ignored, and messages that several topic filters"
                        + " match may come more than once; set subscription-identifiers=false for this broker");
    }

    /** The broker hung up over a filter again and again. Returns the failure for the calls that wait for it. */
    MqttException leftOut(WantedFilter wanted) {
        boolean subscribing = wanted.wantedQos != null;
        String text = "the broker hung up " + SubscriptionRegistry.MAX_HANG_UPS + " times in place of an answer to the "
                + (subscribing ? "subscription to '" : "end of the subscription to '") + wanted
                + "'; probably this client is not allowed to: it is left out until "
                + (subscribing ? "it is subscribed again" : "it is unsubscribed again")
                + ", or the connection is lost over something else; check the permissions of this client there";
        if (subscribing) {
            listener.event(new MqttEvent.SubscriptionRefused(broker, wanted.filter.wire(), UNSPECIFIED));
        }
        log(MessageId.FILTER_LEFT_OUT, text);
        return new MqttException(text);
    }

    void subscribed(WantedFilter wanted, Qos granted) {
        listener.event(new MqttEvent.Subscribed(broker, wanted.filter.wire(), granted));
        WantedFilter cover = wanted.cover;
        listener.log(
                DEBUG,
                "session",
                () -> "subscribed to '" + wanted + "' with QoS " + granted.level()
                        + (cover == null ? "" : ", which '" + cover + "' covers"),
                null);
    }

    void unsubscribed(WantedFilter wanted) {
        listener.event(new MqttEvent.Unsubscribed(broker, wanted.filter.wire()));
        listener.log(DEBUG, "session", () -> "unsubscribed from '" + wanted + "'", null);
    }

    private void log(MessageId id, String text) {
        listener.log(id, "session", () -> text);
    }
}
