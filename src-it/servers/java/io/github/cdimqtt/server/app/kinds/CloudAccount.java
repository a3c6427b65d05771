package io.github.cdimqtt.server.app.kinds;

import io.github.cdimqtt.MqttBroker;
import io.github.cdimqtt.MqttCredentials;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.atomic.AtomicInteger;

/** Is asked before each connect; the broker lets everybody in. */
@ApplicationScoped
@MqttBroker("cloud")
public class CloudAccount implements MqttCredentials {
    private final AtomicInteger asked = new AtomicInteger();

    @Override
    public String username() {
        asked.incrementAndGet();
        return "house";
    }

    @Override
    public String password() {
        return "any";
    }

    /** Whether it was asked. */
    public boolean wasAsked() {
        return asked.get() > 0;
    }
}
