package io.github.cdimqtt.internal.deployment;

import io.github.cdimqtt.MqttBroker;
import io.github.cdimqtt.MqttEvent;
import io.github.cdimqtt.MqttLog;
import io.github.cdimqtt.TopicParam;
import io.github.cdimqtt.Unmatched;
import io.github.cdimqtt.internal.dispatch.MessageObserver;
import io.github.cdimqtt.internal.reporting.MessageId;
import io.github.cdimqtt.internal.reporting.Problems;
import io.github.cdimqtt.internal.text.TypeName;
import jakarta.enterprise.inject.Default;
import jakarta.enterprise.inject.spi.ObserverMethod;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.Set;

/** Validates that an event of cdi-mqtt can reach an observer that seems to observe one. Not thread-safe. */
final class UnreachableObserverValidator {
    private final Problems problems;

    UnreachableObserverValidator(Problems problems) {
        this.problems = problems;
    }

    /** Validates an observer of messages. */
    void validate(MessageObserver observer) {
        Set<Annotation> qualifiers = observer.getObservedQualifiers();
        boolean unmatched = qualifiers.stream().anyMatch(Unmatched.class::isInstance);
        Type payload = observer.payloadType();
        if (isEvent(payload)) {
            neverCalled(
                    observer.location(),
                    "no payload is of type " + TypeName.of(payload) + "; remove "
                            + (observer.topics().isEmpty() ? "@Unmatched" : "@MqttTopic")
                            + ", or observe another type");
        }
        if (!observer.topics().isEmpty() && unmatched) {
            neverCalled(observer.location(), "no message that is @Unmatched has an @MqttTopic; remove one of the two");
        }
        for (Annotation qualifier : qualifiers) {
            if (Discovered.isForeign(qualifier)) {
                if (!observer.topics().isEmpty() || unmatched || isNeverFired(qualifier)) {
                    foreign(observer.location(), "message", qualifier);
                } else {
                    problems.add(
                            MessageId.OWN_EVENTS_ONLY,
                            observer.location() + ": no message that arrives has the qualifier " + name(qualifier)
                                    + "; it is called for those that the application fires with it");
                }
            }
        }
        validateBrokers(qualifiers, observer.location());
    }

    /** Validates an observer of anything else. */
    void validate(Discovered.Other other) {
        ObserverMethod<?> observer = other.observer();
        String location = other.location();
        Set<Annotation> qualifiers = observer.getObservedQualifiers();
        boolean named = qualifiers.stream().anyMatch(MqttBroker.class::isInstance);
        boolean ofMqttEvent = isMqttEvent(observer.getObservedType());
        for (Annotation qualifier : qualifiers) {
            if (qualifier instanceof TopicParam || Discovered.isForeign(qualifier) && (named || ofMqttEvent)) {
                foreign(location, "event of cdi-mqtt", qualifier);
                return;
            }
        }
        if (named && !other.observesMqttEvents()) {
            neverCalled(
                    location,
                    "no event of a connection is of type " + TypeName.of(observer.getObservedType())
                            + "; add @MqttTopic, or remove @MqttBroker");
        }
        validateBrokers(qualifiers, location);
    }

    private void validateBrokers(Set<Annotation> qualifiers, String location) {
        if (qualifiers.stream().filter(MqttBroker.class::isInstance).count() > 1) {
            neverCalled(location, "nothing comes from two connections; write one @MqttBroker");
        }
    }

    private void foreign(String location, String what, Annotation qualifier) {
        neverCalled(
                location,
                "no " + what + " has the qualifier " + name(qualifier) + "; "
                        + (qualifier instanceof TopicParam
                                ? "it belongs on another parameter of an observer with @MqttTopic"
                                : "remove it"));
    }

    private void neverCalled(String location, String reason) {
        problems.add(MessageId.NEVER_CALLED, location + ": " + reason);
    }

    /** No application fires a message with these on purpose. */
    private static boolean isNeverFired(Annotation qualifier) {
        return qualifier instanceof Default || qualifier instanceof TopicParam;
    }

    private static String name(Annotation qualifier) {
        return "@" + qualifier.annotationType().getSimpleName();
    }

    private static boolean isMqttEvent(Type type) {
        return type instanceof Class<?> c && (MqttEvent.class.isAssignableFrom(c) || c == MqttLog.class);
    }

    /** Returns whether a type is that of an event without a message, of cdi-mqtt or of the container. */
    static boolean isEvent(Type type) {
        return isMqttEvent(type) || type instanceof Class<?> c && c.getName().startsWith("jakarta.enterprise.");
    }
}
