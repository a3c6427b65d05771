package io.github.cdimqtt.internal.portable;

import io.github.cdimqtt.Mqtt;
import io.github.cdimqtt.MqttBroker;
import io.github.cdimqtt.MqttMessage;
import io.github.cdimqtt.TopicParam;
import io.github.cdimqtt.internal.beans.BeanLookup;
import io.github.cdimqtt.internal.convert.TopicValues;
import io.github.cdimqtt.internal.convert.TypeVariables;
import io.github.cdimqtt.internal.deployment.Discovered;
import io.github.cdimqtt.internal.dispatch.CurrentMessage;
import io.github.cdimqtt.internal.text.TextType;
import io.github.cdimqtt.testing.MqttTestBroker;
import jakarta.enterprise.inject.spi.Annotated;
import jakarta.enterprise.inject.spi.AnnotatedCallable;
import jakarta.enterprise.inject.spi.AnnotatedMethod;
import jakarta.enterprise.inject.spi.AnnotatedParameter;
import jakarta.enterprise.inject.spi.AnnotatedType;
import jakarta.enterprise.inject.spi.InjectionPoint;
import jakarta.enterprise.inject.spi.ProcessInjectionPoint;
import java.lang.annotation.Annotation;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The injection points of connections, topic variables and messages, with their locations. Confined to the container's thread.
 */
final class InjectionPoints {

    private final ApplicationClass applicationClass;
    private final List<InjectionPoint> announced = new ArrayList<>();
    private final List<Discovered.Named> named = new ArrayList<>();
    private final Set<String> brokersToInject = new LinkedHashSet<>(List.of(MqttBroker.DEFAULT));
    private final Set<String> injected = new LinkedHashSet<>();
    private final Set<CurrentMessage.Variable> variables = new LinkedHashSet<>();
    private final List<String> strayVariables = new ArrayList<>();
    private final List<String> strayMessages = new ArrayList<>();
    private final List<Discovered.Named> testBrokers = new ArrayList<>();

    InjectionPoints(ApplicationClass applicationClass) {
        this.applicationClass = applicationClass;
    }

    /**
     * Records the connections and topic variables that a class names. Each needs a bean before the container validates
     * injection points, and OpenWebBeans announces observers and injection points only after beans can be added.
     */
    void annotatedType(AnnotatedType<?> type) {
        type.getFields().forEach(this::brokerToInject);
        Stream.<AnnotatedCallable<?>>concat(type.getMethods().stream(), type.getConstructors().stream())
                .peek(this::brokerToInject) // of a producer
                .flatMap(callable -> callable.getParameters().stream())
                .forEach(parameter -> {
                    brokerToInject(parameter);
                    TopicParam param = parameter.getAnnotation(TopicParam.class);
                    if (param != null) {
                        variables.add(
                                variable(param, TypeVariables.resolve(parameter.getBaseType(), type.getJavaClass())));
                    }
                });
    }

    private static CurrentMessage.Variable variable(TopicParam param, Type type) {
        return new CurrentMessage.Variable(
                param.value(), TopicValues.isAny(type) ? TextType.boxed(type) : String.class);
    }

    private void brokerToInject(Annotated annotated) {
        MqttBroker broker = annotated.getAnnotation(MqttBroker.class);
        if (broker != null) {
            brokersToInject.add(broker.value());
        }
    }

    /** Records an injection point, which may be one of a disabled bean. */
    void announced(ProcessInjectionPoint<?, ?> event) {
        InjectionPoint point = event.getInjectionPoint();
        announced.add(point);
        if (point.getAnnotated() != null
                && point.getAnnotated().isAnnotationPresent(TopicParam.class)
                && !TopicValues.isAny(
                        point.getType())) { // validation reports the type, and not every type can be that of a bean
            event.configureInjectionPoint().type(String.class);
        }
        if (isOrHolds(point.getType(), Mqtt.class) && point.getMember() != null) {
            applicationClass.publishes(point.getMember().getDeclaringClass());
        }
    }

    /** Evaluates the injection points of enabled beans. */
    void decide(EnabledBeans enabled) {
        enabled.injected(announced).forEach(this::injectionPoint);
    }

    private void injectionPoint(InjectionPoint point) {
        brokerOf(point.getQualifiers(), Locations.of(point));
        if (isOrHolds(point.getType(), Mqtt.class)) {
            injected.add(BeanLookup.brokerOf(point.getQualifiers()));
        }
        if (isOrHolds(point.getType(), MqttTestBroker.class)) {
            testBrokers.add(new Discovered.Named(BeanLookup.brokerOf(point.getQualifiers()), Locations.of(point)));
        }
        boolean inObserver = point.getAnnotated() instanceof AnnotatedParameter<?> parameter
                && parameter.getDeclaringCallable().getParameters().stream().anyMatch(ObserverParameters::isObserved);
        if (!inObserver) {
            stray(point.getAnnotated(), Locations.of(point));
        }
    }

    /** Records parameters of an observer of other events that only an observer of messages can have. */
    void observerOfOtherEvents(AnnotatedMethod<?> method) {
        ObserverParameters.injectedInto(method).forEach(parameter -> stray(parameter, Locations.of(parameter)));
    }

    private void stray(@Nullable Annotated annotated, String location) {
        if (annotated != null && annotated.isAnnotationPresent(TopicParam.class)) {
            strayVariables.add(location);
        } else if (annotated != null && annotated.getBaseType() == MqttMessage.class) {
            strayMessages.add(location);
        }
    }

    /** Records the name of a connection, if the qualifiers have one. */
    void brokerOf(Set<Annotation> qualifiers, String location) {
        qualifiers.stream()
                .filter(MqttBroker.class::isInstance)
                .forEach(broker -> named.add(new Discovered.Named(((MqttBroker) broker).value(), location)));
    }

    /** Returns whether a type is the wanted one, or provides it as {@code Instance<Mqtt>} does. */
    private static boolean isOrHolds(Type type, Class<?> wanted) {
        return type == wanted
                || type instanceof ParameterizedType holder
                        && List.of(holder.getActualTypeArguments()).contains(wanted);
    }

    /** Returns the names of all connections whose {@link Mqtt} may be injected, configured or not. */
    Set<String> brokersToInject() {
        return brokersToInject;
    }

    /** Returns the locations that name a connection. */
    List<Discovered.Named> named() {
        return named;
    }

    Set<String> injected() {
        return injected;
    }

    Set<CurrentMessage.Variable> variables() {
        return variables;
    }

    List<String> strayVariables() {
        return strayVariables;
    }

    List<String> strayMessages() {
        return strayMessages;
    }

    /** Returns the locations where the broker of tests is injected. */
    List<Discovered.Named> testBrokers() {
        return testBrokers;
    }
}
