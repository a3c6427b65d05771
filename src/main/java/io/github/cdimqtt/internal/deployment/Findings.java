package io.github.cdimqtt.internal.deployment;

import jakarta.enterprise.inject.spi.AnnotatedType;
import jakarta.enterprise.inject.spi.ObserverMethod;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What was found in the code of an application, before any configuration is read.
 *
 * @param observers the observers of messages
 * @param others all other observers
 * @param observedEvents the types of events of cdi-mqtt that anyone observes
 * @param injected the names of the connections that an {@link io.github.cdimqtt.Mqtt} is injected of
 * @param named each place that names a connection
 * @param strayVariables the places where a topic variable is injected that can have none
 * @param strayMessages the places where a message is injected that can have none
 * @param annotated the classes with annotations of cdi-mqtt
 * @param beanClasses the classes that have a bean
 * @param applicationClass a class of the application
 */
public record Findings(
        List<FoundObserver> observers,
        List<Other> others,
        Set<Class<?>> observedEvents,
        Set<String> injected,
        List<Named> named,
        List<String> strayVariables,
        List<String> strayMessages,
        List<AnnotatedType<?>> annotated,
        Set<Class<?>> beanClasses,
        Class<?> applicationClass) {

    /** A use of a connection's name. */
    public record Named(String broker, String location) {}

    /** An observer of anything but messages, with whether its type and qualifiers are those of an event of cdi-mqtt. */
    public record Other(ObserverMethod<?> observer, String location, boolean observesOurs) {}

    /** Returns the names of connections that stand in the code. */
    Collection<String> mentioned() {
        return named.stream().map(Named::broker).distinct().toList();
    }

    /** Returns the places that name a connection. */
    Stream<String> locationsOf(String broker) {
        return named.stream().filter(each -> each.broker().equals(broker)).map(Named::location);
    }
}
