package io.github.cdimqtt.internal.deployment;

import io.github.cdimqtt.MqttBroker;
import io.github.cdimqtt.MqttEvent;
import io.github.cdimqtt.MqttLog;
import io.github.cdimqtt.MqttTopic;
import io.github.cdimqtt.Unmatched;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.context.Destroyed;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.ObserverMethod;
import java.lang.annotation.Annotation;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What discovery found in the code of an application.
 *
 * @param observers the observers of messages
 * @param others all other observers
 * @param observedEvents the types of events of cdi-mqtt that have an observer
 * @param observesRequestScope whether an observer is told that a request scope begins or ends
 * @param injected the names of the connections whose {@link io.github.cdimqtt.Mqtt} is injected
 * @param named each location that names a connection
 * @param strayVariables the locations where a topic variable is injected that can have no value
 * @param strayMessages the locations where a message is injected and there can be none
 * @param testBrokers the locations where the broker of tests is injected, with the connection
 * @param declared the classes with annotations of cdi-mqtt
 * @param applicationClass a class of the application
 * @param codeIsValid whether the code was validated before, when the application was built
 */
public record Discovered(
        List<FoundObserver> observers,
        List<Other> others,
        Set<Class<?>> observedEvents,
        boolean observesRequestScope,
        Set<String> injected,
        List<Named> named,
        List<String> strayVariables,
        List<String> strayMessages,
        List<Named> testBrokers,
        List<DeclaredClass> declared,
        Class<?> applicationClass,
        boolean codeIsValid) {

    private static final List<Class<?>> EVENTS = Stream.concat(
                    Stream.of(MqttEvent.class.getPermittedSubclasses()), Stream.of(MqttLog.class))
            .toList();

    private static final Set<Class<? extends Annotation>> QUALIFIERS =
            Set.of(MqttTopic.class, MqttBroker.class, Unmatched.class, Any.class);

    private static final Set<Annotation> REQUEST_SCOPE_EVENTS =
            Set.of(Initialized.Literal.REQUEST, BeforeDestroyed.Literal.REQUEST, Destroyed.Literal.REQUEST);

    /** A location that names a connection. */
    public record Named(String broker, String location) {}

    /**
     * An observer of anything but messages.
     *
     * @param observesMqttEvents whether its type and its qualifiers are those of an event of cdi-mqtt
     */
    public record Other(ObserverMethod<?> observer, String location, boolean observesMqttEvents) {}

    /** Returns whether an observer is told that a request scope begins or ends. */
    public static boolean observesRequestScope(Type observed, Set<Annotation> qualifiers) {
        return observed == Object.class && qualifiers.stream().allMatch(Any.class::isInstance)
                || qualifiers.stream().anyMatch(REQUEST_SCOPE_EVENTS::contains);
    }

    /** Returns the types of events of cdi-mqtt, messages excluded, that an observer may observe. */
    public static List<Class<?>> eventsOf(Type observed, Set<Annotation> qualifiers) {
        boolean possible =
                qualifiers.stream().allMatch(qualifier -> qualifier instanceof MqttBroker || qualifier instanceof Any);
        Class<?> type = raw(observed);
        return possible
                ? EVENTS.stream()
                        .filter(type::isAssignableFrom)
                        .<Class<?>>map(c -> c)
                        .toList()
                : List.of();
    }

    /** Returns whether a qualifier is one that no event of cdi-mqtt has. */
    public static boolean isForeign(Annotation qualifier) {
        return !QUALIFIERS.contains(qualifier.annotationType());
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

    /** Returns the names of connections in the code. */
    Collection<String> mentioned() {
        return named.stream().map(Named::broker).distinct().toList();
    }

    /** Returns the locations that name a connection. */
    Stream<String> locationsOf(String broker) {
        return named.stream().filter(each -> each.broker().equals(broker)).map(Named::location);
    }
}
