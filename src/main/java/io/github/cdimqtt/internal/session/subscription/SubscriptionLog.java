package io.github.cdimqtt.internal.session.subscription;

import static java.lang.System.Logger.Level.DEBUG;

import io.github.cdimqtt.MqttEvent;
import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.reporting.ConnectionListener;
import io.github.cdimqtt.internal.reporting.MessageId;

/** What becomes of the subscriptions, told to the log and to the listener: what is said in which words. */
public final class SubscriptionLog {
    private final String broker;
    private final ConnectionListener listener;

    public SubscriptionLog(ConnectionListener listener) {
        this.broker = listener.broker();
        this.listener = listener;
    }

    /** The broker granted a filter that was asked for; less than what was asked for is said once. */
    void granted(WantedFilter it, Qos asked) {
        Qos granted = it.granted;
        if (granted == null || granted.compareTo(asked) >= 0) {
            it.lessTold = null;
        } else if (it.lessTold != granted) {
            it.lessTold = granted;
            log(
                    MessageId.LESS_QOS_GRANTED,
                    "the broker granted QoS " + granted.level() + " for '" + it + "', not the " + asked.level()
                            + " that was asked for: its messages come with that at most");
        }
    }

    void refused(WantedFilter it, int reasonCode) {
        listener.event(new MqttEvent.SubscriptionRefused(broker, it.filter.wire()));
        log(
                MessageId.SUBSCRIPTION_REFUSED,
                "the broker refused the subscription to '" + it + "' (reason code 0x" + Integer.toHexString(reasonCode)
                        + "); check the permissions of this client there");
    }

    /** The broker hung up over a filter again and again. Returns what those who wait for it are to be told. */
    MqttException leftOut(WantedFilter it) {
        boolean subscribing = it.wanted != null;
        String what =
                "the broker hung up " + SubscriptionRegistry.MOST_HANG_UPS + " times in place of an answer to the "
                        + (subscribing ? "subscription to '" : "end of the subscription to '") + it + "'";
        if (subscribing) {
            listener.event(new MqttEvent.SubscriptionRefused(broker, it.filter.wire()));
        }
        log(
                MessageId.FILTER_LEFT_OUT,
                what + "; probably this client is not allowed to: it is left out until "
                        + (subscribing ? "it is subscribed again" : "it is unsubscribed again")
                        + ", or the connection is lost over something else; check the permissions of this client there");
        return new MqttException(what);
    }

    void subscribed(WantedFilter it, Qos granted) {
        listener.event(new MqttEvent.Subscribed(broker, it.filter.wire(), granted));
        WantedFilter cover = it.cover;
        listener.log(
                DEBUG,
                "session",
                () -> "subscribed to '" + it + "' with QoS " + granted.level()
                        + (cover == null ? "" : ", which '" + cover + "' covers"),
                null);
    }

    void unsubscribed(WantedFilter it) {
        listener.event(new MqttEvent.Unsubscribed(broker, it.filter.wire()));
        listener.log(DEBUG, "session", () -> "unsubscribed from '" + it + "'", null);
    }

    private void log(MessageId id, String text) {
        listener.log(id, "session", () -> text);
    }
}
