package io.github.cdimqtt.resilience;

import io.github.cdimqtt.Mqtt;
import io.github.cdimqtt.MqttTopic;
import io.github.cdimqtt.Qos;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

/** An application with an observer for each QoS that counts the messages it is called with. */
@ApplicationScoped
public class CountingObservers {

    @Inject
    Mqtt mqtt;

    private final ArrivalCounter atMostOnce = new ArrivalCounter();
    private final ArrivalCounter atLeastOnce = new ArrivalCounter();
    private final ArrivalCounter exactlyOnce = new ArrivalCounter();

    void zero(@Observes @MqttTopic("resilience/in/0") String text) {
        atMostOnce.add(text);
    }

    void one(@Observes @MqttTopic(value = "resilience/in/1", qos = Qos.AT_LEAST_ONCE) String text) {
        atLeastOnce.add(text);
    }

    void two(@Observes @MqttTopic(value = "resilience/in/2", qos = Qos.EXACTLY_ONCE) String text) {
        exactlyOnce.add(text);
    }

    public Mqtt mqtt() {
        return mqtt;
    }

    public ArrivalCounter of(Qos qos) {
        return switch (qos) {
            case AT_MOST_ONCE -> atMostOnce;
            case AT_LEAST_ONCE -> atLeastOnce;
            case EXACTLY_ONCE -> exactlyOnce;
        };
    }
}
