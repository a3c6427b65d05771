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

/** Tells over the default connection what happens to each, and speaks over the one named "line". */
@ApplicationScoped
public class Lifecycle {

    @Inject
    Teller teller;

    @Inject
    @MqttBroker("line")
    Mqtt line;

    private volatile boolean early;

    void begin(@Observes Startup event) {
        early = line.isConnected();
    }

    void up(@Observes MqttEvent.Connected event) {
        teller.tell("early", early);
        teller.tell("events", "connected " + event.broker() + ", again " + event.reconnect());
        teller.tell("client/" + event.broker(), event.clientId());
    }

    void down(@Observes MqttEvent.Disconnected event) {
        teller.tell("events", "disconnected " + event.broker() + ", requested " + event.requested());
    }

    void subscribed(@Observes @MqttBroker("line") MqttEvent.Subscribed event) {
        teller.tell("events", "subscribed " + event.filter());
    }

    void echo(@Observes @MqttTopic(value = "ask/line", qos = Qos.AT_LEAST_ONCE) @MqttBroker("line") String text) {
        line.publish("told/line", text, Qos.AT_LEAST_ONCE);
    }
}
