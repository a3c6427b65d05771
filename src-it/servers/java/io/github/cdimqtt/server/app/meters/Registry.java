package io.github.cdimqtt.server.app.meters;

import io.github.cdimqtt.Mqtt;
import io.github.cdimqtt.MqttTopic;
import io.github.cdimqtt.Qos;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** The registry of the application, and what it knows. */
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
        mqtt.publish("told/meters", found, Qos.AT_LEAST_ONCE);
    }
}
