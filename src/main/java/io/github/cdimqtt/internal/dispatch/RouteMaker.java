package io.github.cdimqtt.internal.dispatch;

import io.github.cdimqtt.MqttBroker;
import io.github.cdimqtt.MqttMessage;
import io.github.cdimqtt.MqttTopic;
import io.github.cdimqtt.OnFailure;
import io.github.cdimqtt.Unmatched;
import io.github.cdimqtt.internal.beans.Container;
import jakarta.enterprise.inject.spi.ObserverMethod;
import java.lang.annotation.Annotation;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Makes the route of the messages that match a set of topic filters, for one connection: when a topic first needs it, not at
 * deployment. Thread-safe.
 */
final class RouteMaker {
    private final String broker;
    private final Container container;
    private final OnFailure defaultOnFailure;

    RouteMaker(String broker, OnFailure defaultOnFailure, Container container) {
        this.broker = broker;
        this.container = container;
        this.defaultOnFailure = defaultOnFailure;
    }

    /**
     * Makes a route.
     *
     * @param matchedOnly whether it is for these targets alone; otherwise also for the observers of every message
     */
    Route make(List<Target> matching, boolean matchedOnly) {
        Set<Annotation> qualifiers = new LinkedHashSet<>();
        Set<MessageObserver> matched = new LinkedHashSet<>();
        List<Target.OfConsumer> consumers = new ArrayList<>();
        OnFailure strictest = OnFailure.ACK;
        for (Target each : matching) {
            if (each instanceof Target.OfConsumer consumer) {
                consumers.add(consumer);
            } else if (each instanceof Target.OfObserver observer) {
                matched.add(observer.observer());
                qualifiers.add(MqttTopic.Literal.of(observer.topic().value()));
                OnFailure own = observer.topic().onFailure();
                strictest = stricter(strictest, own == OnFailure.DEFAULT ? defaultOnFailure : own);
            }
        }
        if (matching.isEmpty() && !matchedOnly) {
            qualifiers.add(Unmatched.Literal.INSTANCE);
        }
        qualifiers.add(MqttBroker.Literal.of(broker));
        Annotation[] all = qualifiers.toArray(Annotation[]::new);
        List<? extends ObserverMethod<?>> observers = container.observers(MqttMessage.of("none", null), all).stream()
                .filter(each -> each instanceof MessageObserver wrapper
                        ? observes(wrapper, matched) && (!matchedOnly || matched.contains(wrapper))
                        : !matchedOnly)
                .toList();
        boolean others = observers.stream()
                .anyMatch(each -> !(each instanceof MessageObserver wrapper) || !matched.contains(wrapper));
        if (others || !consumers.isEmpty()) { // without an onFailure of their own
            strictest = stricter(strictest, defaultOnFailure);
        }
        return new Route(
                container.event().select(MqttMessage.class, all),
                Set.copyOf(matched),
                List.copyOf(consumers),
                strictest,
                observers.stream().anyMatch(observer -> !observer.isAsync()),
                observers.stream().anyMatch(ObserverMethod::isAsync),
                matching.stream().map(Target::time).distinct().toList(),
                matchedOnly);
    }

    /** The container resolves an observer of several topics for every topic; such an observer filters messages itself. */
    private boolean observes(MessageObserver observer, Set<MessageObserver> matched) {
        return observer.observes(broker) && (observer.topics().size() < 2 || matched.contains(observer));
    }

    private static OnFailure stricter(OnFailure a, OnFailure b) {
        return a.compareTo(b) >= 0 ? a : b;
    }
}
