package io.github.cdimqtt.quarkus;

import io.github.cdimqtt.Mqtt;
import io.github.cdimqtt.MqttBroker;
import io.github.cdimqtt.MqttMessage;
import io.github.cdimqtt.Qos;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.concurrent.TimeUnit;

/** Another client of the broker: a connection of its own. */
@Singleton
public class Outside {
    private static final int PATIENCE = 20; // seconds

    @Inject
    @MqttBroker("outside")
    Mqtt mqtt;

    @Inject
    Heard heard;

    /** Publishes with QoS 1, and returns when the broker has it. */
    public void publish(String topic, Object payload) throws Exception {
        mqtt.publish(topic, payload, Qos.AT_LEAST_ONCE).toCompletableFuture().get(PATIENCE, TimeUnit.SECONDS);
    }

    /** Has all messages that match recorded, as "outside TOPIC PAYLOAD". */
    public void listen(String filter) throws Exception {
        mqtt.subscribe(filter, Qos.AT_LEAST_ONCE, (MqttMessage message) -> heard.add("outside " + message.topic() + " " + message.text()))
                .toCompletableFuture()
                .get(PATIENCE, TimeUnit.SECONDS);
    }
}
