package io.github.cdimqtt.internal.cdi;

import io.github.cdimqtt.Mqtt;
import io.github.cdimqtt.MqttBroker;
import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.MqttEvent;
import io.github.cdimqtt.MqttLog;
import io.github.cdimqtt.MqttMessage;
import io.github.cdimqtt.MqttTopic;
import io.github.cdimqtt.TopicParam;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.Annotated;
import jakarta.enterprise.inject.spi.AnnotatedCallable;
import jakarta.enterprise.inject.spi.AnnotatedMethod;
import jakarta.enterprise.inject.spi.AnnotatedParameter;
import jakarta.enterprise.inject.spi.AnnotatedType;
import jakarta.enterprise.inject.spi.BeanAttributes;
import jakarta.enterprise.inject.spi.InjectionPoint;
import jakarta.enterprise.inject.spi.ObserverMethod;
import jakarta.enterprise.inject.spi.ProcessObserverMethod;
import jakarta.enterprise.inject.spi.ProcessSyntheticObserverMethod;
import java.lang.annotation.Annotation;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collection;
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

    /** An observer of messages, with its method unless it was made by another extension. */
    record Found(MessageObserver observer, @Nullable AnnotatedMethod<?> method) {

        /** Returns the parameters that are injected. */
        List<AnnotatedParameter<?>> injected() {
            return method == null
                    ? List.of()
                    : method.getParameters().stream()
                            .filter(parameter -> !isObserved(parameter))
                            .<AnnotatedParameter<?>>map(parameter -> parameter)
                            .toList();
        }
    }

    /** A use of a connection's name. */
    record Named(String broker, String place) {}

    private final Isolation isolation;
    private final Handed handed;
    private final List<Found> observers = new ArrayList<>();
    private final Set<Class<?>> observedEvents = new LinkedHashSet<>();
    private final List<Named> named = new ArrayList<>();
    private final Set<String> brokersToInject = new LinkedHashSet<>(List.of(MqttBroker.DEFAULT));
    private final Set<String> injected = new LinkedHashSet<>();
    private final Set<String> produced = new LinkedHashSet<>();
    private final Set<Handed.Variable> variables = new LinkedHashSet<>();
    private final List<String> strayVariables = new ArrayList<>();
    private final List<String> strayMessages = new ArrayList<>();

    Discovery(Isolation isolation, Handed handed) {
        this.isolation = isolation;
        this.handed = handed;
    }

    /**
     * Notes the names in a class: a bean must stand for each before the container looks for them, and OpenWebBeans
     * announces observers and injection points only after beans can be added.
     */
    void annotatedType(AnnotatedType<?> type) {
        type.getFields().forEach(this::brokerToInject);
        Stream.<AnnotatedCallable<?>>concat(type.getMethods().stream(), type.getConstructors().stream())
                .flatMap(callable -> callable.getParameters().stream())
                .forEach(parameter -> {
                    brokerToInject(parameter);
                    TopicParam param = parameter.getAnnotation(TopicParam.class);
                    if (param != null) {
                        variables.add(new Handed.Variable(param.value(), TopicValues.boxed(parameter.getBaseType())));
                    }
                });
    }

    private void brokerToInject(Annotated annotated) {
        MqttBroker broker = annotated.getAnnotation(MqttBroker.class);
        if (broker != null) {
            brokersToInject.add(broker.value());
        }
    }

    /** Replaces an observer that may hear an event of ours. */
    void observer(ProcessObserverMethod<?, ?> event) {
        ObserverMethod<?> observer = event.getObserverMethod();
        Class<?> type = raw(observer.getObservedType());
        boolean ofTopics = observer.getObservedQualifiers().stream().anyMatch(MqttTopic.class::isInstance);
        boolean ofMessages = ofTopics || type == MqttMessage.class;
        List<Class<?>> events = EVENTS.stream()
                .filter(type::isAssignableFrom)
                .<Class<?>>map(c -> c)
                .toList();
        if (!ofMessages && events.isEmpty() && !type.isAssignableFrom(MqttMessage.class)) {
            return;
        }
        AnnotatedMethod<?> method = event instanceof ProcessSyntheticObserverMethod ? null : event.getAnnotatedMethod();
        String place = Place.of(observer, method);
        brokerOf(observer.getObservedQualifiers(), place);
        if (ofMessages) {
            Found found = new Found(message(observer, method, place), method);
            observers.add(found);
            replace(event, found.observer());
        } else {
            observedEvents.addAll(events);
            replace(event, new ObserverWrapper<>(observer, place, isolation));
        }
    }

    private MessageObserver message(ObserverMethod<?> observer, @Nullable AnnotatedMethod<?> method, String place) {
        boolean any = observer.getObservedQualifiers().stream().anyMatch(Any.class::isInstance)
                || method != null
                        && method.getParameters().stream()
                                .anyMatch(
                                        parameter -> isObserved(parameter) && parameter.isAnnotationPresent(Any.class));
        return new MessageObserver(observer, place, any, isolation, handed);
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // the wrapper observes what the container resolves it by
    private static void replace(ProcessObserverMethod event, ObserverMethod wrapper) {
        event.setObserverMethod(wrapper);
    }

    void injectionPoint(InjectionPoint point) {
        Type type = point.getType();
        String place = Place.of(point);
        boolean inObserver = point.getAnnotated() instanceof AnnotatedParameter<?> parameter
                && parameter.getDeclaringCallable().getParameters().stream().anyMatch(Discovery::isObserved);
        brokerOf(point.getQualifiers(), place);
        if (type == Mqtt.class) {
            injected.add(nameIn(point.getQualifiers()));
        }
        if (inObserver) {
            return; // the observer tells
        }
        if (point.getQualifiers().stream().anyMatch(TopicParam.class::isInstance)) {
            strayVariables.add(place);
        } else if (type == MqttMessage.class) {
            strayMessages.add(place);
        }
    }

    void configuration(BeanAttributes<MqttConfig> bean) {
        produced.add(nameIn(bean.getQualifiers()));
    }

    /** Returns the names of all connections that an {@link Mqtt} may be injected of, known or not. */
    Set<String> brokersToInject() {
        return brokersToInject;
    }

    /** Returns the names that stand in the code. */
    Collection<String> mentioned() {
        return named.stream().map(Named::broker).distinct().toList();
    }

    List<Found> observers() {
        return observers;
    }

    Set<Class<?>> observedEvents() {
        return observedEvents;
    }

    List<Named> named() {
        return named;
    }

    Set<String> injected() {
        return injected;
    }

    Set<String> produced() {
        return produced;
    }

    Set<Handed.Variable> variables() {
        return variables;
    }

    List<String> strayVariables() {
        return strayVariables;
    }

    List<String> strayMessages() {
        return strayMessages;
    }

    private void brokerOf(Set<Annotation> qualifiers, String place) {
        qualifiers.stream()
                .filter(MqttBroker.class::isInstance)
                .forEach(broker -> named.add(new Named(((MqttBroker) broker).value(), place)));
    }

    private static String nameIn(Set<Annotation> qualifiers) {
        return qualifiers.stream()
                .filter(MqttBroker.class::isInstance)
                .map(broker -> ((MqttBroker) broker).value())
                .findFirst()
                .orElse(MqttBroker.DEFAULT);
    }

    private static boolean isObserved(AnnotatedParameter<?> parameter) {
        return parameter.isAnnotationPresent(Observes.class) || parameter.isAnnotationPresent(ObservesAsync.class);
    }

    private static Class<?> raw(Type type) {
        if (type instanceof ParameterizedType parameterized) {
            return raw(parameterized.getRawType());
        }
        return type instanceof Class<?> c ? c : Object.class;
    }
}
