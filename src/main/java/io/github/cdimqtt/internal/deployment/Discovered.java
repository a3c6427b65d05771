package io.github.cdimqtt.internal.deployment;

import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.context.Destroyed;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.ObserverMethod;
import java.lang.annotation.Annotation;
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
 * @param injected the names of the connections whose {@link io.github.cdimqtt.Mqtt} is injected
 * @param named each location that names a connection
 * @param strayVariables the locations where a topic variable is injected that can have no value
 * @param strayMessages the locations where a message is injected and there can be none
 * @param testBrokers the locations where the broker of tests is injected, with the connection
 * @param declared the classes with annotations of cdi-mqtt
 * @param applicationClass a class of the application
 */
public record Discovered(
        List<FoundObserver> observers,
        List<Other> others,
        Set<Class<?>> observedEvents,
        Set<String> injected,
        List<Named> named,
        List<String> strayVariables,
        List<String> strayMessages,
        List<Named> testBrokers,
        List<DeclaredClass> declared,
        Class<?> applicationClass) {

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
    boolean observesRequestScope() {
        return others.stream().map(Other::observer).anyMatch(Discovered::observesRequestScope);
    }

    private static boolean observesRequestScope(ObserverMethod<?> observer) {
        boolean all = observer.getObservedType() == Object.class
                && observer.getObservedQualifiers().stream().allMatch(Any.class::isInstance);
        return all || observer.getObservedQualifiers().stream().anyMatch(REQUEST_SCOPE_EVENTS::contains);
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
