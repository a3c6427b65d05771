package io.github.cdimqtt.internal.dispatch;

import io.github.cdimqtt.MqttMessage;
import io.github.cdimqtt.OnFailure;
import jakarta.enterprise.event.Event;
import java.util.List;
import java.util.Set;

/**
 * The destination of messages that match one set of topic filters. Immutable.
 *
 * @param event the CDI event, selected once with all of its qualifiers
 * @param observers the observers of the filters
 * @param consumers the consumers of {@link io.github.cdimqtt.Mqtt#subscribe}
 * @param onFailure the strictest of all that receive them
 * @param sync whether the event has a sync observer
 * @param async whether the event has an async observer
 * @param times the handling times of the filters
 * @param matchedOnly whether they are for those observers alone, not also for the observers of every message
 */
record Route(
        Event<MqttMessage> event,
        Set<MessageObserver> observers,
        List<Target.OfConsumer> consumers,
        OnFailure onFailure,
        boolean sync,
        boolean async,
        List<HandlingTime> times,
        boolean matchedOnly) {

    /** Returns the route without the consumers that came later than this number. */
    Route before(int subscribed) {
        List<Target.OfConsumer> earlier =
                consumers.stream().filter(each -> each.number() <= subscribed).toList();
        return new Route(event, observers, earlier, onFailure, sync, async, times, matchedOnly);
    }

    /** Returns whether they have an observer or a consumer. */
    boolean isObserved() {
        return sync || async || !consumers.isEmpty();
    }
}
