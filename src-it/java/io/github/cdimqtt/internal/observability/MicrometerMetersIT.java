package io.github.cdimqtt.internal.observability;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.Mqtt;
import io.github.cdimqtt.internal.portable.TestedFront;
import io.github.cdimqtt.support.TestContainer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whose meters go, and from which registries; no broker is there. */
class MicrometerMetersIT {
    private static final long OF_A_CONNECTION = MetricDefinition.ALL.size();

    @Dependent
    static class Registries {
        @Produces
        @Singleton
        MeterRegistry first() {
            return new SimpleMeterRegistry();
        }

        @Produces
        @Singleton
        MeterRegistry second() {
            return new SimpleMeterRegistry();
        }
    }

    private final TestContainer container = TestContainer.start(Map.of("mqtt.enabled", "false"), Registries.class);
    private final Mqtt mqtt = container.get(Mqtt.class);
    private final MicrometerMeters meters = new MicrometerMeters(TestedFront.beans(container));

    @AfterEach
    void undeploy() {
        container.close();
    }

    private Stream<Long> inEach() {
        return container.se().select(MeterRegistry.class).stream()
                .map(registry -> registry.getMeters().stream()
                        .filter(meter -> "plant".equals(meter.getId().getTag(MetricDefinition.BROKER)))
                        .count());
    }

    @Test
    void meters_goFromEachRegistry() {
        meters.connection("plant", mqtt);
        meters.filter("plant", "a/+", mqtt);
        assertThat(inEach()).containsExactly(OF_A_CONNECTION + 2, OF_A_CONNECTION + 2);

        meters.removeFilter("plant", "a/+");
        assertThat(inEach()).containsExactly(OF_A_CONNECTION, OF_A_CONNECTION);

        meters.close();
        assertThat(inEach()).containsExactly(0L, 0L);
    }

    @Test
    void meters_ofAnotherApplication_stayWhereItSharesTheRegistry() {
        MicrometerMeters other = new MicrometerMeters(TestedFront.beans(container));
        meters.connection("plant", mqtt);
        other.connection("plant", mqtt);

        other.close();
        assertThat(inEach()).containsExactly(OF_A_CONNECTION, OF_A_CONNECTION);

        meters.close();
        assertThat(inEach()).containsExactly(0L, 0L);
    }
}
