package io.github.cdimqtt.server.app;

import io.github.cdimqtt.Mqtt;
import io.github.cdimqtt.Qos;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Tells the test what the application has seen, over MQTT: works in every container. */
@ApplicationScoped
public class Teller {

    @Inject
    Mqtt mqtt;

    /** Publishes to {@code told/<about>}. */
    public void tell(String about, Object text) {
        mqtt.publish("told/" + about, String.valueOf(text), Qos.AT_LEAST_ONCE);
    }
}
