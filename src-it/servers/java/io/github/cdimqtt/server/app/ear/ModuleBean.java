package io.github.cdimqtt.server.app.ear;

import io.github.cdimqtt.Mqtt;
import io.github.cdimqtt.MqttBroker;
import io.github.cdimqtt.MqttEvent;
import io.github.cdimqtt.MqttTopic;
import io.github.cdimqtt.Qos;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** In each WAR, beside a file that names it. */
@ApplicationScoped
public class ModuleBean {

    @Inject
    Mqtt mqtt;

    /** Not injected where there is no naming. */
    @Resource
    ManagedExecutorService executor;

    void on(@Observes @MqttTopic(value = "ask/modules", qos = Qos.AT_LEAST_ONCE) String text) throws IOException {
        try (InputStream name = ModuleBean.class.getResourceAsStream("/module.txt")) {
            String module = new String(name.readAllBytes(), StandardCharsets.UTF_8);
            String resources = executor == null ? " without resources" : "";
            mqtt.publish("reported/modules", text + " " + module + resources, Qos.AT_LEAST_ONCE);
        }
    }

    void up(@Observes @MqttBroker(MqttBroker.DEFAULT) MqttEvent.Connected event) {
        mqtt.publish("reported/ids", event.clientId(), Qos.AT_LEAST_ONCE);
    }
}
