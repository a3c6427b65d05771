package io.github.cdimqtt.server.app;

import io.github.cdimqtt.Mqtt;
import io.github.cdimqtt.Qos;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Reports to the test what the application has seen, over MQTT: works in every container. */
@ApplicationScoped
public class Reporter {

    @Inject
    Mqtt mqtt;

    /** Publishes to {@code reported/<about>}. */
    public void report(String about, Object text) {
        mqtt.publish("reported/" + about, String.valueOf(text), Qos.AT_LEAST_ONCE);
    }
}
