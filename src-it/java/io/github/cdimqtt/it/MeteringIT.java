package io.github.cdimqtt.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.Mqtt;
import io.github.cdimqtt.MqttTopic;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.support.LogRecorder;
import io.github.cdimqtt.support.TestContainer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The meters of topic filters are registered and removed with them; without a broker. */
class MeteringIT {
    private static final Map<String, String> SETTINGS =
            Map.of("mqtt.broker-url", "tcp://localhost:1", "mqtt.connect-async", "true");

    @Dependent
    static class Application {
        void on(@Observes @MqttTopic("observed/+") String text) {}

        @Produces
        @Singleton
        MeterRegistry registry() {
            SimpleMeterRegistry registry = new SimpleMeterRegistry();
            registry.config().commonTags("of", "the application");
            return registry;
        }
    }

    @RegisterExtension
    final LogRecorder log = LogRecorder.of("io.github.cdimqtt");

    private final TestContainer container = TestContainer.start(SETTINGS, Application.class);
    private final Mqtt mqtt = container.get(Mqtt.class);
    private final MeterRegistry registry = container.get(MeterRegistry.class);

    @AfterEach
    void undeploy() {
        container.close();
    }

    @Test
    void meters_ofAnUnsubscribedFilter_areRemoved() {
        int before = registry.getMeters().size();
        for (int i = 0; i < 3; i++) {
            mqtt.subscribe("reply/" + i, Qos.AT_MOST_ONCE, message -> {});
            assertThat(filters()).containsExactly("observed/+", "reply/" + i);
            mqtt.unsubscribe("reply/" + i);
        }
        assertThat(registry.getMeters()).hasSize(before);
    }

    @Test
    void meters_ofFiltersUnsubscribedTogether_areRemoved() {
        mqtt.subscribe("a", Qos.AT_MOST_ONCE, message -> {});
        mqtt.subscribe("b", Qos.AT_MOST_ONCE, message -> {});
        mqtt.subscribe("b");

        mqtt.unsubscribeAll();

        assertThat(filters()).containsExactly("observed/+"); // it may be subscribed again, and stays timed
    }

    private Set<String> filters() {
        Set<String> filters = new TreeSet<>();
        registry.getMeters().forEach(meter -> {
            if (meter.getId().getTag("filter") != null) {
                filters.add(meter.getId().getTag("filter"));
            }
        });
        return filters;
    }
}
