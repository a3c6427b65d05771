package io.github.cdimqtt.internal.deployment;

import io.github.cdimqtt.internal.dispatch.MessageObserver;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.enterprise.inject.spi.AnnotatedMethod;
import jakarta.enterprise.inject.spi.AnnotatedParameter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An observer of messages, with its method unless it was made by another extension. */
public record FoundObserver(
        MessageObserver observer, @Nullable AnnotatedMethod<?> method) {

    /** Returns the parameters that are injected. */
    List<AnnotatedParameter<?>> injected() {
        return method == null ? List.of() : injectedInto(method);
    }

    /** Returns the parameters of an observer that are injected. */
    public static List<AnnotatedParameter<?>> injectedInto(AnnotatedMethod<?> observer) {
        return observer.getParameters().stream()
                .filter(parameter -> !isObserved(parameter))
                .<AnnotatedParameter<?>>map(parameter -> parameter)
                .toList();
    }

    /** Tells whether a parameter is what its method observes. */
    public static boolean isObserved(AnnotatedParameter<?> parameter) {
        return parameter.isAnnotationPresent(Observes.class) || parameter.isAnnotationPresent(ObservesAsync.class);
    }
}
