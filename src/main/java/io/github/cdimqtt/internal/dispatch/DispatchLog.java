package io.github.cdimqtt.internal.dispatch;

import io.github.cdimqtt.MqttMessage;
import io.github.cdimqtt.internal.reporting.MessageId;
import io.github.cdimqtt.internal.text.Printable;
import io.github.cdimqtt.internal.topic.TopicFilter;
import java.util.List;

/** Logs of messages that nobody observes, and of those that observers take long for. Thread-safe. */
record DispatchLog(RoutingTable routing, ConnectionEvents events) {

    /** Returns whether a prefix that cdi-mqtt does not know keeps a message from its filter: a broker may grant one and send such. */
    boolean isPrefixed(MqttMessage message) {
        TopicFilter match = routing.matchWithoutPrefix(message.topic());
        if (match != null) {
            events.log(
                    MessageId.UNKNOWN_PREFIX,
                    "dispatch",
                    () -> "a message to '" + Printable.of(message.topic())
                            + "' matches no topic filter, but would"
                            + " match '" + match
                            + "' without its beginning: probably that is a prefix of this broker that"
                            + " cdi-mqtt does not know, so that its messages are @Unmatched; use $share/<group>/");
        }
        return match != null;
    }

    /** MQTT 3.1.1 does not identify the subscription that matched a message; so the warning names topics, the first few. */
    void unobserved(String topic) {
        int unobserved = routing.addUnobserved(topic);
        if (unobserved > 0) {
            events.log(
                    MessageId.UNOBSERVED_MESSAGE,
                    "dispatch",
                    () -> "nobody observes a message to '" + Printable.of(topic) + "'; observe its topic or"
                            + " @Unmatched, or, if the broker kept the filter from an earlier version of the"
                            + " application, end that with mqtt.unsubscribe"
                            + (unobserved < RoutingTable.MOST_UNOBSERVED
                                    ? ""
                                    : "; further topics are counted and not named"));
        }
    }

    /** A message has not been handled for long. */
    void slow(Dispatch dispatch) {
        MqttMessage message = dispatch.message();
        List<String> running = dispatch.running();
        events.log(
                MessageId.SLOW_OBSERVER,
                "dispatch",
                () -> "a message to '" + Printable.of(message.topic()) + "' is unacknowledged after "
                        + SlowObserverWatch.LONG.toSeconds() + " s: "
                        + (running.isEmpty() ? "an async observer that waits for a thread" : String.join(", ", running))
                        + " has not returned; the broker may hold further messages back");
    }
}
