package io.github.cdimqtt.internal.lite;

import io.github.cdimqtt.internal.deployment.Discovered.Named;
import java.util.List;

/**
 * What is in the code of an application, as far as the configuration is needed to tell whether it is right. Immutable.
 *
 * @param observers the observers of events of cdi-mqtt
 * @param observedEvents the types of events of cdi-mqtt that have an observer
 * @param injected the names of the connections whose {@link io.github.cdimqtt.Mqtt} is injected
 * @param named each location that names a connection
 * @param testBrokers the locations where the broker of tests is injected
 * @param observesRequestScope whether an observer is told that a request scope begins or ends
 * @param applicationClass a class of the application
 */
record CodeSummary(
        List<ObserverDefinition> observers,
        List<Class<?>> observedEvents,
        List<String> injected,
        List<Named> named,
        List<Named> testBrokers,
        boolean observesRequestScope,
        Class<?> applicationClass) {}
