package io.github.cdimqtt.server.app.start;

import io.github.cdimqtt.Mqtt;
import io.github.cdimqtt.Qos;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.inject.Inject;
import java.util.concurrent.TimeUnit;

/** As {@link WaitingBean}, for a session bean. */
@Singleton
@Startup
public class EagerBean {

    @Inject
    Mqtt mqtt;

    @PostConstruct
    void start() {
        mqtt.publish("reported/start", "session bean", Qos.AT_LEAST_ONCE)
                .toCompletableFuture()
                .orTimeout(20, TimeUnit.SECONDS)
                .join();
    }

    @PreDestroy
    void end() {
        mqtt.publish("reported/end", "session bean", Qos.AT_LEAST_ONCE);
    }
}
