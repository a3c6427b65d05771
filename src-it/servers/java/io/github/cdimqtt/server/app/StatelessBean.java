package io.github.cdimqtt.server.app;

import io.github.cdimqtt.MqttTopic;
import io.github.cdimqtt.Qos;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

/** An observer in a stateless session bean. */
@Stateless
public class StatelessBean {

    @Inject
    Reporter reporter;

    /** A business method. */
    public void on(@Observes @MqttTopic(value = "ask/beans", qos = Qos.AT_LEAST_ONCE) String text) {
        reporter.report("beans", text + " stateless");
    }
}
