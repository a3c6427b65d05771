package io.github.cdimqtt.server.app.shared;

import io.github.cdimqtt.Mqtt;
import io.github.cdimqtt.MqttTopic;
import io.github.cdimqtt.Qos;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

/** Says which class loader the library has. */
@ApplicationScoped
public class SharedBean {

    @Inject
    Mqtt mqtt;

    void on(@Observes @MqttTopic(value = "ask/shared", qos = Qos.AT_LEAST_ONCE) String text) {
        boolean shared = Mqtt.class.getClassLoader() != SharedBean.class.getClassLoader();
        mqtt.publish("told/shared", shared ? "the server's" : "the application's", Qos.AT_LEAST_ONCE);
    }
}
