package io.github.cdimqtt.internal.dispatch;

import io.github.cdimqtt.MqttMessage;
import io.github.cdimqtt.OnFailure;
import jakarta.enterprise.event.Event;
import java.util.List;
import java.util.Set;

/**
 * Where the messages of one set of matching topic filters go.
 *
 * @param event the CDI event, selected once with all their qualifiers
 * @param observers those of the filters
 * @param consumers those of {@link io.github.cdimqtt.Mqtt#subscribe}
 * @param onFailure the strictest of all that hear it
 * @param sync whether any sync observer hears the event
 * @param async whether any async observer hears the event
 * @param times those of the filters
 * @param only whether those observers alone hear it, and not the observers of every message
 */
record Route(
        Event<MqttMessage> event,
        Set<MessageObserver> observers,
        List<TopicConsumer> consumers,
        OnFailure onFailure,
        boolean sync,
        boolean async,
        List<HandlingTime> times,
        boolean only) {

    /** Tells whether anybody hears them. */
    boolean isHeard() {
        return sync || async || !consumers.isEmpty();
    }
}
