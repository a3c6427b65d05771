package io.github.cdimqtt.internal.portable;

import io.github.cdimqtt.MqttMessage;
import io.github.cdimqtt.MqttTopic;
import io.github.cdimqtt.Unmatched;
import io.github.cdimqtt.internal.beans.BeanLookup;
import io.github.cdimqtt.internal.deployment.DeclaredClass;
import io.github.cdimqtt.internal.deployment.Discovered;
import io.github.cdimqtt.internal.deployment.FoundObserver;
import io.github.cdimqtt.internal.dispatch.CurrentMessage;
import io.github.cdimqtt.internal.dispatch.MessageObserver;
import io.github.cdimqtt.internal.dispatch.ObserverIsolation;
import io.github.cdimqtt.internal.dispatch.ObserverWrapper;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.AnnotatedMethod;
import jakarta.enterprise.inject.spi.AnnotatedType;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.ObserverMethod;
import jakarta.enterprise.inject.spi.ProcessObserverMethod;
import jakarta.enterprise.inject.spi.ProcessSyntheticObserverMethod;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Collects what the container's discovery finds, before anything is validated. Confined to the container's thread. */
final class Discovery {
    private final ObserverIsolation isolation;
    private final CurrentMessage currentMessage;
    private final ApplicationClass applicationClass = new ApplicationClass();
    private final InjectionPoints injectionPoints = new InjectionPoints(applicationClass);
    private final List<AnnotatedType<?>> annotated = new ArrayList<>();
    private final Map<MessageObserver, Optional<AnnotatedMethod<?>>> observers = new LinkedHashMap<>();
    private final List<Discovered.Other> others = new ArrayList<>();
    private final Set<Class<?>> observedEvents = new LinkedHashSet<>();
    private final EnabledBeans beans = new EnabledBeans();

    Discovery(ObserverIsolation isolation, CurrentMessage currentMessage) {
        this.isolation = isolation;
        this.currentMessage = currentMessage;
    }

    /** Replaces an observer that may observe an event of cdi-mqtt by its wrapper. */
    void observer(ProcessObserverMethod<?, ?> event) {
        ObserverMethod<?> observer = event.getObserverMethod();
        AnnotatedMethod<?> method = event instanceof ProcessSyntheticObserverMethod ? null : event.getAnnotatedMethod();
        String location = Locations.of(observer, method);
        if (isOfMessages(observer)) {
            injectionPoints.brokerOf(observer.getObservedQualifiers(), location);
            MessageObserver wrapper =
                    new MessageObserver(observer, location, isOfAny(observer, method), isolation, currentMessage);
            observers.put(wrapper, Optional.ofNullable(method));
            applicationClass.observes(wrapper.getBeanClass());
            replace(event, wrapper);
            return;
        }
        if (method != null) {
            injectionPoints.observerOfOtherEvents(method);
        }
        List<Class<?>> events = Discovered.eventsOf(observer.getObservedType(), observer.getObservedQualifiers());
        others.add(new Discovered.Other(observer, location, !events.isEmpty()));
        if (!events.isEmpty()) {
            injectionPoints.brokerOf(observer.getObservedQualifiers(), location);
            observedEvents.addAll(events);
            replace(event, new ObserverWrapper<>(observer, location, isolation));
        }
    }

    private static boolean isOfMessages(ObserverMethod<?> observer) {
        return observer.getObservedType() == MqttMessage.class
                || observer.getObservedQualifiers().stream()
                        .anyMatch(qualifier -> qualifier instanceof MqttTopic || qualifier instanceof Unmatched);
    }

    /** Containers may leave {@code @Any} out of the qualifiers. */
    private static boolean isOfAny(ObserverMethod<?> observer, @Nullable AnnotatedMethod<?> method) {
        return observer.getObservedQualifiers().stream().anyMatch(Any.class::isInstance)
                || method != null
                        && method.getParameters().stream()
                                .filter(ObserverParameters::isObserved)
                                .anyMatch(parameter -> parameter.isAnnotationPresent(Any.class));
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // the wrapper observes what the container resolves it by
    private static void replace(ProcessObserverMethod event, ObserverMethod wrapper) {
        event.setObserverMethod(wrapper);
    }

    /** Records a class with annotations of cdi-mqtt. */
    void annotatedType(AnnotatedType<?> type) {
        injectionPoints.annotatedType(type);
        annotated.add(type);
    }

    /** Records any bean: which ones are needed is known only later. */
    void bean(Bean<?> bean) {
        beans.add(bean);
    }

    /** Returns what was found, without what belongs to disabled beans. To be called once all beans are known. */
    Discovered discovered(BeanLookup beanLookup, BeanManager beanManager) {
        injectionPoints.decide(beans);
        return new Discovered(
                found(new ObserverParameters(beanManager, beanLookup)),
                others,
                observedEvents,
                others.stream()
                        .map(Discovered.Other::observer)
                        .anyMatch(each ->
                                Discovered.observesRequestScope(each.getObservedType(), each.getObservedQualifiers())),
                injectionPoints.injected(),
                injectionPoints.named(),
                injectionPoints.strayVariables(),
                injectionPoints.strayMessages(),
                injectionPoints.testBrokers(),
                declared(),
                applicationClass(),
                false);
    }

    private List<FoundObserver> found(ObserverParameters parameters) {
        List<FoundObserver> found = new ArrayList<>();
        observers.forEach((observer, method) -> found.add(parameters.of(observer, method.orElse(null))));
        return found;
    }

    private List<DeclaredClass> declared() {
        Set<Class<?>> withBean = beans.classes();
        return annotated.stream()
                .map(type -> DeclaredClasses.of(type, withBean.contains(type.getJavaClass())))
                .toList();
    }

    /** Returns a class of the application that receives its start event; the extension if none is known. */
    Class<?> applicationClass() {
        return applicationClass.get();
    }

    InjectionPoints injectionPoints() {
        return injectionPoints;
    }

    /** Returns the enabled beans. To be called once all are known. */
    List<Bean<?>> beans() {
        return beans.all();
    }
}
