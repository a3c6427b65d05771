package io.github.cdimqtt.server.app.start;

import io.github.cdimqtt.Mqtt;
import io.github.cdimqtt.MqttTopic;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.server.app.Surroundings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import java.util.concurrent.TimeUnit;

/** Waits for the broker's acknowledgement before the web application has started. */
@WebListener
public class WaitingListener implements ServletContextListener {

    @Inject
    Mqtt mqtt;

    @Override
    public void contextInitialized(ServletContextEvent event) {
        mqtt.publish("reported/listener", "acknowledged", Qos.AT_LEAST_ONCE)
                .thenCompose(published -> mqtt.publish("reported/listener", "then", Qos.AT_LEAST_ONCE))
                .toCompletableFuture()
                .orTimeout(20, TimeUnit.SECONDS)
                .join();
    }

    /** Receives at once what is retained. */
    @ApplicationScoped
    public static class Early {

        @Inject
        Surroundings surroundings;

        void on(@Observes @MqttTopic(value = "ask/retained", qos = Qos.AT_LEAST_ONCE) String text) {
            surroundings.report("retained");
        }
    }
}
