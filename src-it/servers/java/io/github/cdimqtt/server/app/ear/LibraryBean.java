package io.github.cdimqtt.server.app.ear;

import io.github.cdimqtt.Mqtt;
import io.github.cdimqtt.MqttTopic;
import io.github.cdimqtt.Qos;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

/** In EAR/lib. */
@ApplicationScoped
public class LibraryBean {

    @Inject
    Mqtt mqtt;

    void on(@Observes @MqttTopic(value = "ask/modules", qos = Qos.AT_LEAST_ONCE) String text) {
        mqtt.publish("reported/modules", text + " library", Qos.AT_LEAST_ONCE);
    }
}
