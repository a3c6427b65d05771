package io.github.cdimqtt.internal.lite;

import static java.util.stream.Collectors.toUnmodifiableSet;

import jakarta.enterprise.event.TransactionPhase;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.ObserverMethod;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.Set;

/**
 * Observers of one class that the container can't tell apart: ArC takes one synthetic observer for each such group, so that one
 * stands for all of them. Immutable.
 *
 * @param qualifiers without {@code @Any}, which containers may leave out
 */
record ObserverGroup(
        Class<?> beanClass,
        Type observedType,
        Set<Annotation> qualifiers,
        boolean async,
        int priority,
        TransactionPhase phase) {

    static ObserverGroup of(ObserverMethod<?> observer) {
        return new ObserverGroup(
                observer.getBeanClass(),
                observer.getObservedType(),
                observer.getObservedQualifiers().stream()
                        .filter(each -> !(each instanceof Any))
                        .collect(toUnmodifiableSet()),
                observer.isAsync(),
                observer.getPriority(),
                observer.getTransactionPhase());
    }
}
