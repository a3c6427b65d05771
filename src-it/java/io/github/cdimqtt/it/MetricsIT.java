package io.github.cdimqtt.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cdimqtt.Mqtt;
import io.github.cdimqtt.MqttBroker;
import io.github.cdimqtt.MqttTopic;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.broker.AnyBroker;
import io.github.cdimqtt.broker.Proxy;
import io.github.cdimqtt.broker.TestBroker;
import io.github.cdimqtt.support.QuietLog;
import io.github.cdimqtt.support.TestContainer;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The meters of connections in Micrometer. */
@ExtendWith({QuietLog.class, AnyBroker.class})
class MetricsIT {
    private static final Map<String, String> QUICKLY =
            Map.of("mqtt.reconnect.min-delay", "20ms", "mqtt.reconnect.max-delay", "100ms");

    @Dependent
    static class Sensors {
        @Inject
        @MqttBroker("plant")
        Mqtt plant;

        void on(@Observes @MqttTopic(value = "metrics/+", qos = Qos.AT_LEAST_ONCE) String text) {
            if (text.equals("wrong")) {
                throw new IllegalArgumentException("as the test wants it");
            }
        }
    }

    @Dependent
    static class Registry {
        @Produces
        @Singleton
        MeterRegistry registry() {
            return new SimpleMeterRegistry();
        }
    }

    @Test
    void connections_registerAllMeters_withARegistryBean(TestBroker broker) {
        try (Proxy proxy = Proxy.to(broker.port());
                TestContainer container = TestContainer.start(
                        Keys.and(Keys.and(Keys.of(proxy.url()), QUICKLY), Keys.named("plant", broker.url())),
                        Sensors.class,
                        Registry.class)) {
            MeterRegistry registry = container.get(MeterRegistry.class);
            Mqtt mqtt = container.get(Mqtt.class);
            publish(mqtt, "metrics/a", "right");
            publish(mqtt, "metrics/b", "right");
            publish(mqtt, "metrics/c", "wrong");
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> values(registry).get("mqtt.messages.acknowledged default"), Double.valueOf(3)::equals);
            proxy.cut();

            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> assertThat(values(registry))
                            .containsExactlyInAnyOrderEntriesOf(and(
                                    connection("default", 3, 1, 1),
                                    connection("plant", 0, 0, 0),
                                    Map.of("mqtt.handling default metrics/+", 3.0))));
            assertThat(registry.get("mqtt.handling").functionTimer().totalTime(TimeUnit.NANOSECONDS))
                    .isPositive();
            assertThat(registry.get("mqtt.handling.longest").timeGauge().value(TimeUnit.NANOSECONDS))
                    .isPositive();
        }
    }

    @Test
    void filterSubscribedAtRunTime_isTimed(TestBroker broker) {
        try (TestContainer container = TestContainer.start(Keys.of(broker), MetricsIT.class, Registry.class)) {
            MeterRegistry registry = container.get(MeterRegistry.class);
            Mqtt mqtt = container.get(Mqtt.class);
            assertThat(mqtt.subscribe("metrics/#", Qos.AT_LEAST_ONCE, message -> {})
                            .toCompletableFuture())
                    .succeedsWithin(10, TimeUnit.SECONDS);
            publish(mqtt, "metrics/a", "right");

            await().atMost(Duration.ofSeconds(10))
                    .until(() -> values(registry).get("mqtt.handling default metrics/#"), Double.valueOf(1)::equals);
        }
    }

    @Test
    void connections_withoutARegistryBean_registerWithTheGlobalOne_untilTheEnd(TestBroker broker) {
        MeterRegistry registry = new SimpleMeterRegistry();
        Metrics.addRegistry(registry);
        try {
            try (TestContainer container = TestContainer.start(Keys.of(broker), MetricsIT.class)) {
                publish(container.get(Mqtt.class), "metrics/a", "right");
                assertThat(values(registry)).containsEntry("mqtt.messages.published default", 1.0);
            }
            assertThat(values(registry)).isEmpty();
        } finally {
            Metrics.removeRegistry(registry);
        }
    }

    private static void publish(Mqtt mqtt, String topic, String text) {
        assertThat(mqtt.publish(topic, text, Qos.AT_LEAST_ONCE).toCompletableFuture())
                .succeedsWithin(10, TimeUnit.SECONDS);
    }

    private static Map<String, Double> connection(String broker, double messages, double failed, double reconnects) {
        Map<String, Double> values = new TreeMap<>();
        values.put("mqtt.messages.received " + broker, messages);
        values.put("mqtt.messages.handled " + broker, messages - failed);
        values.put("mqtt.messages.unheard " + broker, 0.0);
        values.put("mqtt.messages.failed " + broker, failed);
        values.put("mqtt.messages.dropped " + broker, 0.0);
        values.put("mqtt.messages.acknowledged " + broker, messages);
        values.put("mqtt.messages.published " + broker, messages);
        values.put("mqtt.messages.inflight " + broker, 0.0);
        values.put("mqtt.messages.queued " + broker, 0.0);
        values.put("mqtt.outbox.pending " + broker, 0.0);
        values.put("mqtt.outbox.failed " + broker, 0.0);
        values.put("mqtt.reconnects " + broker, reconnects);
        return values;
    }

    @SafeVarargs
    private static Map<String, Double> and(Map<String, Double>... all) {
        Map<String, Double> values = new TreeMap<>();
        List.of(all).forEach(values::putAll);
        return values;
    }

    /** The first value of each meter of cdi-mqtt, except the time of the slowest message, by name and tags. */
    private static Map<String, Double> values(MeterRegistry registry) {
        Map<String, Double> values = new TreeMap<>();
        for (Meter meter : registry.getMeters()) {
            Meter.Id id = meter.getId();
            if (id.getName().startsWith("mqtt.") && !id.getName().endsWith(".longest")) {
                List<String> name = new ArrayList<>(List.of(id.getName()));
                id.getTags().forEach(tag -> name.add(tag.getValue()));
                values.put(
                        String.join(" ", name),
                        StreamSupport.stream(meter.measure().spliterator(), false)
                                .findFirst()
                                .orElseThrow()
                                .getValue());
            }
        }
        return values;
    }
}
