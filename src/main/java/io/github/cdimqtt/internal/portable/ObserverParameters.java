package io.github.cdimqtt.internal.portable;

import io.github.cdimqtt.TopicParam;
import io.github.cdimqtt.internal.beans.BeanLookup;
import io.github.cdimqtt.internal.convert.TypeVariables;
import io.github.cdimqtt.internal.deployment.FoundObserver;
import io.github.cdimqtt.internal.deployment.InjectedParameter;
import io.github.cdimqtt.internal.dispatch.MessageObserver;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.enterprise.inject.AmbiguousResolutionException;
import jakarta.enterprise.inject.UnsatisfiedResolutionException;
import jakarta.enterprise.inject.spi.AnnotatedMethod;
import jakarta.enterprise.inject.spi.AnnotatedParameter;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.EventMetadata;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The parameters of observer methods. Immutable. */
record ObserverParameters(BeanManager beans, BeanLookup beanLookup) {

    /** Returns the injected parameters of an observer method. */
    static List<AnnotatedParameter<?>> injectedInto(AnnotatedMethod<?> observer) {
        return observer.getParameters().stream()
                .filter(parameter -> !isObserved(parameter))
                .<AnnotatedParameter<?>>map(parameter -> parameter)
                .toList();
    }

    /** Returns whether a parameter is the event parameter of its method. */
    static boolean isObserved(AnnotatedParameter<?> parameter) {
        return parameter.isAnnotationPresent(Observes.class) || parameter.isAnnotationPresent(ObservesAsync.class);
    }

    /** Returns an observer with its parameters; without any if it has no method. */
    FoundObserver of(MessageObserver observer, @Nullable AnnotatedMethod<?> method) {
        return new FoundObserver(
                observer,
                method == null
                        ? List.of()
                        : injectedInto(method).stream()
                                .map(parameter -> injected(parameter, observer))
                                .toList());
    }

    private InjectedParameter injected(AnnotatedParameter<?> parameter, MessageObserver observer) {
        TopicParam param = parameter.getAnnotation(TopicParam.class);
        return new InjectedParameter(
                Locations.of(parameter),
                param == null ? null : param.value(),
                TypeVariables.resolve(parameter.getBaseType(), observer.getBeanClass()),
                param == null ? () -> fault(parameter, observer) : () -> null);
    }

    /** OpenWebBeans does not validate the parameters of replaced observers. Weld does, with beans that are hidden from this one. */
    private @Nullable String fault(AnnotatedParameter<?> parameter, MessageObserver observer) {
        if (parameter.getBaseType() == EventMetadata.class
                || beanLookup.areHidden(parameter.getBaseType())
                || TypeVariables.isOpen(parameter.getBaseType())) { // Weld knows what the variables stand for
            return null;
        }
        try {
            beans.validate(ObserverInjectionPoint.of(parameter, observer.getDeclaringBean(), beans));
            return null;
        } catch (UnsatisfiedResolutionException e) {
            return "there is no bean for it; add one, or correct type or qualifiers";
        } catch (AmbiguousResolutionException e) {
            return "there is more than one bean for it; choose one with a qualifier";
        } catch (RuntimeException e) {
            return "it can't be injected: " + e.getMessage();
        }
    }
}
