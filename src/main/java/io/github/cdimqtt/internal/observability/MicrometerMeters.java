package io.github.cdimqtt.internal.observability;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.github.cdimqtt.Mqtt;
import io.github.cdimqtt.internal.beans.BeanLookup;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import jakarta.enterprise.inject.Default;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;

/** Registers with Micrometer: with the registries that are beans of the application, otherwise with the global one. Thread-safe. */
final class MicrometerMeters implements MeterRegistrar {
    private final List<MeterRegistry> registries;
    private final RegisteredMeters<Tags> registered = new RegisteredMeters<>();

    MicrometerMeters(BeanLookup beans) {
        List<MeterRegistry> found = beans.all(MeterRegistry.class, Default.Literal.INSTANCE).stream()
                .map(bean -> (MeterRegistry) beans.reference(bean, MeterRegistry.class))
                .toList();
        this.registries = found.isEmpty() ? List.of(Metrics.globalRegistry) : found;
    }

    @Override
    public void connection(String broker, Mqtt mqtt) {
        Tags tags = Tags.of(MetricDefinition.BROKER, broker);
        for (MetricDefinition each : MetricDefinition.ALL) {
            add(
                    each.name(),
                    tags,
                    registry -> each.grows()
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
                                    .register(registry));
        }
    }

    @Override
    public void filter(String broker, String filter, Mqtt mqtt) {
        Tags tags = Tags.of(MetricDefinition.BROKER, broker, MetricDefinition.FILTER, filter);
        add(
                MetricDefinition.HANDLING,
                tags,
                registry -> FunctionTimer.builder(
                                MetricDefinition.HANDLING,
                                mqtt,
                                from -> MeterRegistrar.handling(from, filter).messages(),
                                from -> MeterRegistrar.handling(from, filter)
                                        .total()
                                        .toNanos(),
                                NANOSECONDS)
                        .description("How long observers took for the messages of a topic filter")
                        .tags(tags)
                        .register(registry));
        String longest = MetricDefinition.HANDLING + ".longest";
        add(
                longest,
                tags,
                registry -> TimeGauge.builder(
                                longest,
                                mqtt,
                                NANOSECONDS,
                                from -> MeterRegistrar.handling(from, filter)
                                        .longest()
                                        .toNanos())
                        .description("How long the slowest message of a topic filter took")
                        .tags(tags)
                        .register(registry));
    }

    /** A meter that was there before stays: it may be of another application that shares the registry. */
    private void add(String name, Tags tags, Function<MeterRegistry, Meter> registration) {
        for (MeterRegistry registry : registries) {
            Collection<Meter> before = registry.find(name).tags(tags).meters();
            Meter meter = registration.apply(registry);
            if (!before.contains(meter)) {
                registered.add(tags, () -> registry.remove(meter));
            }
        }
    }

    @Override
    public void removeFilter(String broker, String filter) {
        Tags tags = Tags.of(MetricDefinition.BROKER, broker, MetricDefinition.FILTER, filter);
        registered.remove(tags);
    }

    @Override
    public void close() {
        registered.removeAll();
    }
}
