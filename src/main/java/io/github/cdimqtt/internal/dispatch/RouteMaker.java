package io.github.cdimqtt.internal.dispatch;

import io.github.cdimqtt.MqttBroker;
import io.github.cdimqtt.MqttMessage;
import io.github.cdimqtt.MqttTopic;
import io.github.cdimqtt.OnFailure;
import io.github.cdimqtt.Unmatched;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.ObserverMethod;
import java.lang.annotation.Annotation;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Makes the route of messages that match a set of filters: which observers and consumers hear them, and how. */
final class RouteMaker {
    private final String broker;
    private final BeanManager beans;
    private final OnFailure defaultOnFailure;

    RouteMaker(String broker, OnFailure defaultOnFailure, BeanManager beans) {
        this.broker = broker;
        this.beans = beans;
        this.defaultOnFailure = defaultOnFailure;
    }

    /** Makes a route; only for those alone, or also for the observers of every message. */
    Route make(List<Target> matching, boolean only) {
        Set<Annotation> qualifiers = new LinkedHashSet<>();
        Set<MessageObserver> matched = new LinkedHashSet<>();
        List<TopicConsumer> called = new ArrayList<>();
        OnFailure strictest = OnFailure.ACK;
        for (Target each : matching) {
            if (each.consumer() != null) {
                called.add(each.consumer());
            } else if (each.observer() != null && each.topic() != null) {
                matched.add(each.observer());
                qualifiers.add(MqttTopic.Literal.of(each.topic().value()));
                OnFailure own = each.topic().onFailure();
                strictest = stricter(strictest, own == OnFailure.DEFAULT ? defaultOnFailure : own);
            }
        }
        if (matching.isEmpty() && !only) {
            qualifiers.add(Unmatched.Literal.INSTANCE);
        }
        qualifiers.add(MqttBroker.Literal.of(broker));
        Annotation[] all = qualifiers.toArray(Annotation[]::new);
        List<ObserverMethod<? super MqttMessage>> heard =
                beans.resolveObserverMethods(MqttMessage.of("none", null), all).stream()
                        .filter(observer -> observer instanceof MessageObserver ours
                                ? hears(ours, matched) && (!only || matched.contains(ours))
                                : !only)
                        .toList();
        boolean others = heard.stream()
                .anyMatch(observer -> !(observer instanceof MessageObserver ours) || !matched.contains(ours));
        if (others || !called.isEmpty()) { // without an onFailure of their own
            strictest = stricter(strictest, defaultOnFailure);
        }
        return new Route(
                beans.getEvent().select(MqttMessage.class, all),
                Set.copyOf(matched),
                List.copyOf(called),
                strictest,
                heard.stream().anyMatch(observer -> !observer.isAsync()),
                heard.stream().anyMatch(ObserverMethod::isAsync),
                matching.stream().map(Target::time).distinct().toList(),
                only);
    }

    /** Those of several topics are resolved whatever the topic, and pick for themselves. */
    private boolean hears(MessageObserver observer, Set<MessageObserver> matched) {
        return observer.hears(broker) && (observer.topics().size() < 2 || matched.contains(observer));
    }

    private static OnFailure stricter(OnFailure a, OnFailure b) {
        return a.compareTo(b) >= 0 ? a : b;
    }
}
