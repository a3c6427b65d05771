package io.github.cdimqtt.server.app;

import io.github.cdimqtt.MqttTopic;
import io.github.cdimqtt.Qos;
import jakarta.ejb.Singleton;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

/** An observer in a singleton session bean. */
@Singleton
public class SingletonBean {

    @Inject
    Reporter reporter;

    /** A business method. */
    public void on(@Observes @MqttTopic(value = "ask/beans", qos = Qos.AT_LEAST_ONCE) String text) {
        reporter.report("beans", text + " singleton");
    }
}
