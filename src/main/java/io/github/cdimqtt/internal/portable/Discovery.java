package io.github.cdimqtt.internal.portable;

import io.github.cdimqtt.MqttBroker;
import io.github.cdimqtt.MqttEvent;
import io.github.cdimqtt.MqttLog;
import io.github.cdimqtt.MqttMessage;
import io.github.cdimqtt.MqttTopic;
import io.github.cdimqtt.Unmatched;
import io.github.cdimqtt.internal.deployment.CodeLocation;
import io.github.cdimqtt.internal.deployment.Findings;
import io.github.cdimqtt.internal.deployment.FoundObserver;
import io.github.cdimqtt.internal.dispatch.CurrentMessage;
import io.github.cdimqtt.internal.dispatch.MessageObserver;
import io.github.cdimqtt.internal.dispatch.ObserverIsolation;
import io.github.cdimqtt.internal.dispatch.ObserverWrapper;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.AnnotatedMethod;
import jakarta.enterprise.inject.spi.AnnotatedType;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.ObserverMethod;
import jakarta.enterprise.inject.spi.ProcessObserverMethod;
import jakarta.enterprise.inject.spi.ProcessSyntheticObserverMethod;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the container's discovery brings to light, before anything is checked. On the container's thread. */
final class Discovery {
    private static final List<Class<?>> EVENTS = Stream.concat(
                    Stream.of(MqttEvent.class.getPermittedSubclasses()), Stream.of(MqttLog.class))
            .toList();

    private static final String OF_WILDFLY = "org.jboss.modules.";

    private final ObserverIsolation isolation;
    private final CurrentMessage handed;
    private final InjectionPoints injectionPoints = new InjectionPoints();
    private final List<AnnotatedType<?>> annotated = new ArrayList<>();
    private final List<FoundObserver> observers = new ArrayList<>();
    private final List<Findings.Other> others = new ArrayList<>();
    private final Set<Class<?>> observedEvents = new LinkedHashSet<>();
    private final EnabledBeans beans = new EnabledBeans();

    Discovery(ObserverIsolation isolation, CurrentMessage handed) {
        this.isolation = isolation;
        this.handed = handed;
    }

    /** Replaces an observer that may hear an event of ours. */
    void observer(ProcessObserverMethod<?, ?> event) {
        ObserverMethod<?> observer = event.getObserverMethod();
        AnnotatedMethod<?> method = event instanceof ProcessSyntheticObserverMethod ? null : event.getAnnotatedMethod();
        String location = CodeLocation.of(observer, method);
        if (isOfMessages(observer)) {
            injectionPoints.brokerOf(observer.getObservedQualifiers(), location);
            MessageObserver wrapper =
                    new MessageObserver(observer, location, isOfAny(observer, method), isolation, handed);
            observers.add(new FoundObserver(wrapper, method));
            replace(event, wrapper);
            return;
        }
        if (method != null) {
            injectionPoints.observerOfOtherEvents(method);
        }
        List<Class<?>> events = eventsOf(observer);
        others.add(new Findings.Other(observer, location, !events.isEmpty()));
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

    /** Returns the events of ours that an observer may hear, messages left aside. */
    private static List<Class<?>> eventsOf(ObserverMethod<?> observer) {
        boolean possible = observer.getObservedQualifiers().stream()
                .allMatch(qualifier -> qualifier instanceof MqttBroker || qualifier instanceof Any);
        Class<?> type = raw(observer.getObservedType());
        return possible
                ? EVENTS.stream()
                        .filter(type::isAssignableFrom)
                        .<Class<?>>map(c -> c)
                        .toList()
                : List.of();
    }

    /** Containers may leave {@code @Any} out of the qualifiers. */
    private static boolean isOfAny(ObserverMethod<?> observer, @Nullable AnnotatedMethod<?> method) {
        return observer.getObservedQualifiers().stream().anyMatch(Any.class::isInstance)
                || method != null
                        && method.getParameters().stream()
                                .filter(FoundObserver::isObserved)
                                .anyMatch(parameter -> parameter.isAnnotationPresent(Any.class));
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // the wrapper observes what the container resolves it by
    private static void replace(ProcessObserverMethod event, ObserverMethod wrapper) {
        event.setObserverMethod(wrapper);
    }

    private static Class<?> raw(Type type) {
        if (type instanceof ParameterizedType parameterized) {
            return raw(parameterized.getRawType());
        }
        if (type instanceof GenericArrayType) {
            return Object[].class;
        }
        return type instanceof Class<?> c ? c : Object.class;
    }

    /** Notes a class that has annotations of ours. */
    void annotatedType(AnnotatedType<?> type) {
        injectionPoints.annotatedType(type);
        annotated.add(type);
    }

    /** Notes a bean, whatever it is: what is looked for is not known before. */
    void bean(Bean<?> bean) {
        beans.add(bean);
    }

    /** Returns what was found, once all beans are known: what belongs to beans that are not enabled is left out. */
    Findings findings() {
        injectionPoints.decide(beans);
        return new Findings(
                observers,
                others,
                observedEvents,
                injectionPoints.injected(),
                injectionPoints.named(),
                injectionPoints.strayVariables(),
                injectionPoints.strayMessages(),
                annotated,
                beans.classes(),
                applicationClass());
    }

    /** Returns a class of the application, one that hears of its start; the extension where none is known. */
    Class<?> applicationClass() {
        Class<?> found = observers.isEmpty()
                ? injectionPoints.publisher()
                : observers.get(observers.size() - 1).observer().getBeanClass();
        return found != null && hearsOfTheStart(found.getClassLoader()) ? found : PortableExtension.class;
    }

    /** That a web application in an EAR has started, WildFly tells what was found in the EAR's libraries, and nobody else. */
    private static boolean hearsOfTheStart(@Nullable ClassLoader loader) {
        return loader == PortableExtension.class.getClassLoader()
                || loader != null && !loader.getClass().getName().startsWith(OF_WILDFLY);
    }

    InjectionPoints injectionPoints() {
        return injectionPoints;
    }

    /** Returns the beans that are enabled, once all are known. */
    List<Bean<?>> beans() {
        return beans.all();
    }
}
