package io.github.cdimqtt.server.app.meters;

import io.github.cdimqtt.Mqtt;
import io.github.cdimqtt.MqttTopic;
import io.github.cdimqtt.Qos;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;

/** The registry of the application, and what it knows. An alternative, as WildFly Preview has a registry, too. */
@Alternative
@Priority(Interceptor.Priority.APPLICATION)
@ApplicationScoped
public class Registry {

    @Inject
    Mqtt mqtt;

    @Produces
    @Singleton
    MeterRegistry registry() {
        return new SimpleMeterRegistry();
    }

    void count(
            @Observes @MqttTopic(value = "ask/meters", qos = Qos.AT_LEAST_ONCE) String filter, MeterRegistry registry) {
        boolean found = registry.find("mqtt.handling").tag("filter", filter).functionTimer() != null;
        mqtt.publish("reported/meters", found, Qos.AT_LEAST_ONCE);
    }
}
