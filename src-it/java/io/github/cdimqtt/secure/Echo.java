package io.github.cdimqtt.secure;

import io.github.cdimqtt.Mqtt;
import io.github.cdimqtt.MqttEvent;
import io.github.cdimqtt.MqttMessage;
import io.github.cdimqtt.MqttTopic;
import io.github.cdimqtt.Qos;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Observes the messages that it publishes, and the events of its connection. */
@Singleton
public class Echo {
    final List<MqttEvent> events = new CopyOnWriteArrayList<>();
    final List<MqttMessage> large = new CopyOnWriteArrayList<>();
    final AtomicInteger count = new AtomicInteger();

    @Inject
    Mqtt mqtt;

    void small(@Observes @MqttTopic(value = "secure/small/#", qos = Qos.AT_LEAST_ONCE) MqttMessage message) {
        count.incrementAndGet();
    }

    void large(@Observes @MqttTopic(value = "secure/large/#", qos = Qos.AT_LEAST_ONCE) MqttMessage message) {
        large.add(message);
    }

    void happened(@Observes MqttEvent event) {
        events.add(event);
    }

    /** Publishes with QoS 1. */
    CompletableFuture<?> publish(String topic, Object payload) {
        return mqtt.publish(topic, payload, Qos.AT_LEAST_ONCE).toCompletableFuture();
    }

    <T extends MqttEvent> List<T> events(Class<T> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** Returns why the first attempt failed; null if none failed. */
    String failure() {
        List<MqttEvent.ConnectFailed> failed = events(MqttEvent.ConnectFailed.class);
        return failed.isEmpty() ? null : failed.get(0).cause().getMessage();
    }
}
