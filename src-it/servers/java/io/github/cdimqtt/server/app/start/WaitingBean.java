package io.github.cdimqtt.server.app.start;

import io.github.cdimqtt.Mqtt;
import io.github.cdimqtt.Qos;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;
import java.util.concurrent.TimeUnit;

/** Waits for the broker's acknowledgement in its observer of the start, and takes its leave when it is destroyed. */
@ApplicationScoped
public class WaitingBean {

    @Inject
    Mqtt mqtt;

    void start(@Observes Startup event) {
        mqtt.publish("reported/start", "bean", Qos.AT_LEAST_ONCE)
                .toCompletableFuture()
                .orTimeout(20, TimeUnit.SECONDS)
                .join();
    }

    @PreDestroy
    void end() {
        mqtt.publish("reported/end", "bean", Qos.AT_LEAST_ONCE);
    }
}
