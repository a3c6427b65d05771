package io.github.cdimqtt.internal.lite;

import io.github.cdimqtt.Mqtt;
import io.github.cdimqtt.MqttBroker;
import io.github.cdimqtt.MqttMessage;
import io.github.cdimqtt.TopicParam;
import io.github.cdimqtt.internal.deployment.CodeLocation;
import io.github.cdimqtt.internal.deployment.Discovered.Named;
import io.github.cdimqtt.testing.MqttTestBroker;
import jakarta.enterprise.inject.build.compatible.spi.BeanInfo;
import jakarta.enterprise.inject.build.compatible.spi.InjectionPointInfo;
import jakarta.enterprise.lang.model.AnnotationInfo;
import jakarta.enterprise.lang.model.types.Type;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Where an application names connections, and where it injects what is of cdi-mqtt, at build. Confined to one thread. */
final class InjectionPoints {
    private final Set<String> brokers = new LinkedHashSet<>(List.of(MqttBroker.DEFAULT));
    private final Set<String> injected = new LinkedHashSet<>();
    private final List<Named> named = new ArrayList<>();
    private final List<Named> testBrokers = new ArrayList<>();
    private final List<String> strayVariables = new ArrayList<>();
    private final List<String> strayMessages = new ArrayList<>();

    /** Records what a field, or a parameter of a constructor, an initializer or a producer is given. */
    void announced(InjectionPointInfo point) {
        String broker = MqttBroker.DEFAULT;
        for (AnnotationInfo qualifier : point.qualifiers()) {
            if (qualifier.name().equals(MqttBroker.class.getName())) {
                broker = qualifier.value().asString();
                name(broker, Reflection.location(point));
            } else if (qualifier.name().equals(TopicParam.class.getName())) {
                strayVariables.add(Reflection.location(point));
            }
        }
        if (isOrHolds(point.type(), Mqtt.class)) {
            injected.add(broker);
        }
        if (isOrHolds(point.type(), MqttTestBroker.class)) {
            testBrokers.add(new Named(broker, Reflection.location(point)));
        }
        if (isOrHolds(point.type(), MqttMessage.class) && point.type().isClass()) {
            strayMessages.add(Reflection.location(point));
        }
    }

    private static boolean isOrHolds(Type type, Class<?> wanted) {
        return switch (type.kind()) {
            case CLASS -> type.asClass().declaration().name().equals(wanted.getName());
            case PARAMETERIZED_TYPE ->
                type.asParameterizedType().typeArguments().stream().anyMatch(each -> isOrHolds(each, wanted));
            default -> false;
        };
    }

    private static boolean isOrHolds(java.lang.reflect.Type type, Class<?> wanted) {
        return type == wanted
                || type instanceof ParameterizedType generic
                        && Stream.of(generic.getActualTypeArguments()).anyMatch(each -> isOrHolds(each, wanted));
    }

    /** Records the connection that a bean configures. */
    void configured(BeanInfo bean) {
        bean.qualifiers().stream()
                .filter(each -> each.name().equals(MqttBroker.class.getName()))
                .forEach(each -> brokers.add(each.value().asString()));
    }

    /** Records the connection of which an observer observes messages or events. */
    void observed(Method observer) {
        MqttBroker written =
                observer.getParameters()[ObserverMethods.eventParameter(observer)].getAnnotation(MqttBroker.class);
        if (written != null) {
            name(written.value(), CodeLocation.of(observer));
        }
    }

    /** Records what an observer is given besides the event. */
    void parameters(Method observer) {
        Parameter[] parameters = observer.getParameters();
        for (int i = 0; i < parameters.length; i++) {
            if (i != ObserverMethods.eventParameter(observer)) {
                parameter(parameters[i], CodeLocation.ofParameter(observer, i), ObserverMethods.isOfMessages(observer));
            }
        }
    }

    /** Records what a disposer is given. */
    void disposer(Method disposer) {
        Parameter[] parameters = disposer.getParameters();
        for (int i = 0; i < parameters.length; i++) {
            parameter(parameters[i], CodeLocation.ofParameter(disposer, i), false);
        }
    }

    private void parameter(Parameter parameter, String location, boolean ofMessages) {
        MqttBroker written = parameter.getAnnotation(MqttBroker.class);
        if (written != null) {
            name(written.value(), location);
        }
        String broker = written == null ? MqttBroker.DEFAULT : written.value();
        if (isOrHolds(parameter.getParameterizedType(), Mqtt.class)) {
            injected.add(broker);
        } else if (isOrHolds(parameter.getParameterizedType(), MqttTestBroker.class)) {
            testBrokers.add(new Named(broker, location));
        } else if (!ofMessages && parameter.isAnnotationPresent(TopicParam.class)) {
            strayVariables.add(location);
        } else if (!ofMessages && parameter.getType() == MqttMessage.class) {
            strayMessages.add(location);
        }
    }

    private void name(String broker, String location) {
        brokers.add(broker);
        named.add(new Named(broker, location));
    }

    /** Returns the names of the connections in the code, the default one among them. */
    Set<String> brokers() {
        return brokers;
    }

    /** Returns the names of the connections whose {@link Mqtt} is injected. */
    Set<String> injected() {
        return injected;
    }

    /** Returns each location that names a connection. */
    List<Named> named() {
        return named;
    }

    /** Returns the locations where the broker of tests is injected. */
    List<Named> testBrokers() {
        return testBrokers;
    }

    /** Returns the locations of topic variables that can have no value. */
    List<String> strayVariables() {
        return strayVariables;
    }

    /** Returns the locations of messages where there can be none. */
    List<String> strayMessages() {
        return strayMessages;
    }
}
