package io.github.cdimqtt.server.app;

import io.github.cdimqtt.Mqtt;
import io.github.cdimqtt.MqttTopic;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.TopicParam;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

/** Observers of typed payloads, with what the server has to convert them. */
@ApplicationScoped
public class Payloads {

    @Inject
    Mqtt mqtt;

    /** Goes to JSON and back. */
    public static class Reading {
        /** What was read. */
        public double value;

        /** Where it was read. */
        public String sensor;
    }

    void reading(@Observes @MqttTopic("ask/reading/{sensor}") Reading reading, @TopicParam("sensor") String sensor) {
        reading.sensor = sensor;
        reading.value *= 2;
        mqtt.publish("reported/reading", reading, Qos.AT_LEAST_ONCE);
    }

    void number(@Observes @MqttTopic("ask/number/{index}") double number, @TopicParam("index") int index) {
        mqtt.publish("reported/number", number + index, Qos.AT_LEAST_ONCE);
    }
}
