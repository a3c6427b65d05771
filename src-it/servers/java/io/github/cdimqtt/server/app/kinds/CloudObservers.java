package io.github.cdimqtt.server.app.kinds;

import io.github.cdimqtt.Mqtt;
import io.github.cdimqtt.MqttBroker;
import io.github.cdimqtt.MqttEvent;
import io.github.cdimqtt.MqttLog;
import io.github.cdimqtt.MqttMessage;
import io.github.cdimqtt.MqttTopic;
import io.github.cdimqtt.Qos;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Inject;
import java.util.concurrent.atomic.AtomicBoolean;

/** What is observed of the connection "cloud", reported on that connection when a point has arrived. */
@ApplicationScoped
public class CloudObservers {
    private final AtomicBoolean connected = new AtomicBoolean();
    private final AtomicBoolean connectedAsync = new AtomicBoolean();
    private final AtomicBoolean logged = new AtomicBoolean();

    @Inject
    @MqttBroker("cloud")
    Mqtt cloud;

    @Inject
    @MqttBroker("cloud")
    CloudAccount account;

    void point(
            @Observes @MqttBroker("cloud") @MqttTopic(value = "ask/kinds", qos = Qos.AT_LEAST_ONCE) Point point,
            Mirror mirror) {
        cloud.publish("reported/kinds/converter", mirror.of(point), Qos.AT_LEAST_ONCE);
        cloud.publish("reported/kinds/credentials", account.wasAsked(), Qos.AT_LEAST_ONCE);
        cloud.publish("reported/kinds/events", connected + " " + connectedAsync + " " + logged, Qos.AT_LEAST_ONCE);
    }

    void plain(@Observes @MqttBroker("cloud") MqttMessage message) {
        cloud.publish("reported/kinds/plain", message.text(), Qos.AT_LEAST_ONCE);
    }

    void connected(@Observes @MqttBroker("cloud") MqttEvent.Connected event) {
        connected.set(true);
    }

    void connectedAsync(@ObservesAsync MqttEvent event) {
        connectedAsync.set(true);
    }

    void logged(@Observes @MqttBroker("cloud") MqttLog line) {
        logged.set(true);
    }
}
