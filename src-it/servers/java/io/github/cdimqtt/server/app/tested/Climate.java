package io.github.cdimqtt.server.app.tested;

import io.github.cdimqtt.Mqtt;
import io.github.cdimqtt.MqttTopic;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

/** What a test within the server tests. */
@ApplicationScoped
public class Climate {
    @Inject
    Mqtt mqtt;

    void temperature(@Observes @MqttTopic("home/kitchen/temp") double celsius) {
        if (celsius > 50) {
            mqtt.publish("home/kitchen/alarm", celsius + " degrees");
        }
    }
}
