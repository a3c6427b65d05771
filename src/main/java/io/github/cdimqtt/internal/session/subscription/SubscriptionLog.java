package io.github.cdimqtt.internal.session.subscription;

import static java.lang.System.Logger.Level.DEBUG;

import io.github.cdimqtt.MqttEvent;
import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.reporting.ConnectionListener;
import io.github.cdimqtt.internal.reporting.MessageId;

/** Logs what happens to subscriptions, and fires its events. On the session's executor only. */
public final class SubscriptionLog {
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

    void refused(WantedFilter wanted, int reasonCode) {
        listener.event(new MqttEvent.SubscriptionRefused(broker, wanted.filter.wire()));
        log(
                MessageId.SUBSCRIPTION_REFUSED,
                "the broker refused the subscription to '" + wanted + "' (reason code 0x"
                        + Integer.toHexString(reasonCode) + "); check the permissions of this client there");
    }

    /** The broker hung up over a filter again and again. Returns the failure for the calls that wait for it. */
    MqttException leftOut(WantedFilter wanted) {
        boolean subscribing = wanted.wantedQos != null;
        String text = "the broker hung up " + SubscriptionRegistry.MAX_HANG_UPS + " times in place of an answer to the "
                + (subscribing ? "subscription to '" : "end of the subscription to '") + wanted + "'";
        if (subscribing) {
            listener.event(new MqttEvent.SubscriptionRefused(broker, wanted.filter.wire()));
        }
        log(
                MessageId.FILTER_LEFT_OUT,
                text + "; probably this client is not allowed to: it is left out until "
                        + (subscribing ? "it is subscribed again" : "it is unsubscribed again")
                        + ", or the connection is lost over something else; check the permissions of this client there");
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
