package io.github.cdimqtt.internal.cdi;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.github.cdimqtt.Mqtt;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.BeanManager;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Micrometer: the registries that are beans of the application, otherwise the global one. */
final class MicrometerMeters implements Meters {
    private final List<MeterRegistry> registries;
    private final Map<Meter, Added> added = new ConcurrentHashMap<>();

    /** Where a meter was added, with which tags: the registry may have given it more. */
    private record Added(MeterRegistry registry, Tags tags) {}

    MicrometerMeters(BeanManager beans) {
        Instance<MeterRegistry> found = beans.createInstance().select(MeterRegistry.class);
        this.registries = found.isUnsatisfied()
                ? List.of(Metrics.globalRegistry)
                : found.stream().toList();
    }

    @Override
    public void connection(String broker, Mqtt mqtt) {
        Tags tags = Tags.of(Measure.BROKER, broker);
        for (MeterRegistry registry : registries) {
            for (Measure each : Measure.ALL) {
                added.put(
                        each.grows()
                                ? FunctionCounter.builder(
                                                each.name(),
                                                mqtt,
                                                from -> each.value().applyAsDouble(from.metrics()))
                                        .description(each.description())
                                        .tags(tags)
                                        .register(registry)
                                : Gauge.builder(
                                                each.name(),
                                                mqtt,
                                                from -> each.value().applyAsDouble(from.metrics()))
                                        .description(each.description())
                                        .tags(tags)
                                        .register(registry),
                        new Added(registry, tags));
            }
        }
    }

    @Override
    public void filter(String broker, String filter, Mqtt mqtt) {
        Tags tags = Tags.of(Measure.BROKER, broker, Measure.FILTER, filter);
        for (MeterRegistry registry : registries) {
            added.put(
                    FunctionTimer.builder(
                                    Measure.HANDLING,
                                    mqtt,
                                    from -> Meters.handling(from, filter).messages(),
                                    from -> Meters.handling(from, filter)
                                            .total()
                                            .toNanos(),
                                    NANOSECONDS)
                            .description("How long observers took for the messages of a topic filter")
                            .tags(tags)
                            .register(registry),
                    new Added(registry, tags));
            added.put(
                    TimeGauge.builder(
                                    Measure.HANDLING + ".longest",
                                    mqtt,
                                    NANOSECONDS,
                                    from -> Meters.handling(from, filter)
                                            .longest()
                                            .toNanos())
                            .description("How long the slowest message of a topic filter took")
                            .tags(tags)
                            .register(registry),
                    new Added(registry, tags));
        }
    }

    @Override
    public void forget(String broker, String filter) {
        Tags tags = Tags.of(Measure.BROKER, broker, Measure.FILTER, filter);
        added.forEach((meter, where) -> {
            if (where.tags().equals(tags)) {
                where.registry().remove(meter);
                added.remove(meter);
            }
        });
    }

    @Override
    public void close() {
        added.forEach((meter, where) -> where.registry().remove(meter));
        added.clear();
    }
}
