package io.github.cdimqtt.server.app;

import io.github.cdimqtt.MqttTopic;
import io.github.cdimqtt.Qos;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.concurrent.CountDownLatch;

/** An observer that returns only when it is interrupted. */
@ApplicationScoped
public class Hanging {

    @Inject
    Reporter reporter;

    void hang(@Observes @MqttTopic(value = "ask/hang", qos = Qos.AT_LEAST_ONCE) String text)
            throws InterruptedException {
        reporter.report("hang", "begun");
        new CountDownLatch(1).await();
    }
}
