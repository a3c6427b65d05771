package io.github.cdimqtt.internal.deployment;

import io.github.cdimqtt.internal.dispatch.MessageObserver;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.enterprise.inject.spi.AnnotatedMethod;
import jakarta.enterprise.inject.spi.AnnotatedParameter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An observer of messages that discovery found. Immutable.
 *
 * @param method its method; null for an observer that another extension added
 */
public record FoundObserver(
        MessageObserver observer, @Nullable AnnotatedMethod<?> method) {

    /** Returns its injected parameters. */
    List<AnnotatedParameter<?>> injected() {
        return method == null ? List.of() : injectedInto(method);
    }

    /** Returns the injected parameters of an observer method. */
    public static List<AnnotatedParameter<?>> injectedInto(AnnotatedMethod<?> observer) {
        return observer.getParameters().stream()
                .filter(parameter -> !isObserved(parameter))
                .<AnnotatedParameter<?>>map(parameter -> parameter)
                .toList();
    }

    /** Returns whether a parameter is the event parameter of its method. */
    public static boolean isObserved(AnnotatedParameter<?> parameter) {
        return parameter.isAnnotationPresent(Observes.class) || parameter.isAnnotationPresent(ObservesAsync.class);
    }
}
