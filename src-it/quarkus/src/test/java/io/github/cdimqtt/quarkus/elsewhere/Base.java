package io.github.cdimqtt.quarkus.elsewhere;

import io.github.cdimqtt.MqttTopic;
import jakarta.enterprise.event.Observes;

/** A base class of another package than its beans. */
public abstract class Base {
    void hidden(@Observes @MqttTopic("hidden") String text) {}
}
