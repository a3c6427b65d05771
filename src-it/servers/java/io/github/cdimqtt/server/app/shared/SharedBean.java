package io.github.cdimqtt.server.app.shared;

import io.github.cdimqtt.Mqtt;
import io.github.cdimqtt.MqttBroker;
import io.github.cdimqtt.MqttTopic;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.testing.MqttTestBroker;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

/** Says whose the library is, and which connection this is; meets the other application at the broker inside the JVM. */
@ApplicationScoped
public class SharedBean {

    @Inject
    Mqtt mqtt;

    @Inject
    @MqttBroker("memory")
    MqttTestBroker broker;

    void on(@Observes @MqttTopic(value = "ask/shared", qos = Qos.AT_LEAST_ONCE) String text) {
        boolean shared = Mqtt.class.getClassLoader() != SharedBean.class.getClassLoader();
        String library = shared ? "the server's" : "the application's";
        mqtt.publish("reported/shared", text + ", " + library + ", " + mqtt.clientId(), Qos.AT_LEAST_ONCE);
    }

    void meet(@Observes @MqttTopic(value = "ask/meeting", qos = Qos.AT_LEAST_ONCE) String text) {
        broker.publish("meeting", text);
    }

    void met(@Observes @MqttBroker("memory") @MqttTopic("meeting") String text) {
        mqtt.publish("reported/meeting", text + ", " + mqtt.clientId(), Qos.AT_LEAST_ONCE);
    }
}
