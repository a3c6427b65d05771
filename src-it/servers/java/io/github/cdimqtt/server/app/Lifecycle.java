package io.github.cdimqtt.server.app;

import io.github.cdimqtt.Mqtt;
import io.github.cdimqtt.MqttBroker;
import io.github.cdimqtt.MqttEvent;
import io.github.cdimqtt.MqttTopic;
import io.github.cdimqtt.Qos;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;

/** Reports over the default connection what happens to each, and publishes over the one named "line". */
@ApplicationScoped
public class Lifecycle {

    @Inject
    Reporter reporter;

    @Inject
    @MqttBroker("line")
    Mqtt line;

    private volatile boolean early;

    void begin(@Observes Startup event) {
        early = line.isConnected();
    }

    void up(@Observes MqttEvent.Connected event) {
        reporter.report("early", early);
        reporter.report("events", "connected " + event.broker() + ", again " + event.reconnect());
        reporter.report("client/" + event.broker(), event.clientId());
    }

    void down(@Observes MqttEvent.Disconnected event) {
        reporter.report("events", "disconnected " + event.broker() + ", requested " + event.requested());
    }

    void subscribed(@Observes @MqttBroker("line") MqttEvent.Subscribed event) {
        reporter.report("events", "subscribed " + event.filter());
    }

    void echo(@Observes @MqttTopic(value = "ask/line", qos = Qos.AT_LEAST_ONCE) @MqttBroker("line") String text) {
        line.publish("reported/line", text, Qos.AT_LEAST_ONCE);
    }
}
