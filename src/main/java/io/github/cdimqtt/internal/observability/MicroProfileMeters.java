package io.github.cdimqtt.internal.observability;

import static java.util.Objects.requireNonNull;

import io.github.cdimqtt.Mqtt;
import io.github.cdimqtt.internal.beans.Container;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.eclipse.microprofile.metrics.Gauge;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.Metric;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.MetricUnits;
import org.eclipse.microprofile.metrics.Tag;
import org.jspecify.annotations.Nullable;

/**
 * Registers with MicroProfile Metrics: with the registry of the application. All meters are gauges, because its counters can't
 * read their value from elsewhere. Thread-safe.
 */
final class MicroProfileMeters implements MeterRegistrar {
    private final Container.@Nullable Injected<RegistryHolder> holder;
    private final List<MetricRegistry> registries; // one, or none where there is only the API
    private final RegisteredMeters<List<Tag>> registered = new RegisteredMeters<>();

    /** A real injection point: some producers inspect the one that they produce for (SmallRye Metrics 5 does). */
    static final class RegistryHolder {
        @Inject
        @Nullable
        MetricRegistry registry;
    }

    MicroProfileMeters(Container container) {
        this.holder = container.instances().select(MetricRegistry.class).isResolvable()
                ? container.inject(RegistryHolder.class)
                : null;
        this.registries = holder == null ? List.of() : List.of(requireNonNull(holder.get().registry));
    }

    @Override
    public void connection(String broker, Mqtt mqtt) {
        Tag tag = new Tag(MetricDefinition.BROKER, broker);
        for (MetricDefinition each : MetricDefinition.ALL) {
            gauge(
                    each.name(),
                    each.description(),
                    MetricUnits.NONE,
                    mqtt,
                    from -> each.value().applyAsDouble(from.metrics()),
                    tag);
        }
    }

    @Override
    public void filter(String broker, String filter, Mqtt mqtt) {
        Tag[] tags = tags(broker, filter);
        gauge(
                MetricDefinition.HANDLING + ".messages",
                "Messages of a topic filter that were handled",
                MetricUnits.NONE,
                mqtt,
                from -> (double) MeterRegistrar.handling(from, filter).messages(),
                tags);
        gauge(
                MetricDefinition.HANDLING + ".total",
                "How long observers took for the messages of a topic filter",
                MetricUnits.SECONDS,
                mqtt,
                from -> seconds(MeterRegistrar.handling(from, filter).total()),
                tags);
        gauge(
                MetricDefinition.HANDLING + ".longest",
                "How long the slowest message of a topic filter took",
                MetricUnits.SECONDS,
                mqtt,
                from -> seconds(MeterRegistrar.handling(from, filter).longest()),
                tags);
    }

    @Override
    public void removeFilter(String broker, String filter) {
        registered.remove(List.of(tags(broker, filter)));
    }

    private static Tag[] tags(String broker, String filter) {
        return new Tag[] {new Tag(MetricDefinition.BROKER, broker), new Tag(MetricDefinition.FILTER, filter)};
    }

    private void gauge(
            String name, String description, String unit, Mqtt mqtt, Function<Mqtt, Double> value, Tag... tags) {
        Metadata metadata = Metadata.builder()
                .withName(name)
                .withDescription(description)
                .withUnit(unit)
                .build();
        for (MetricRegistry registry : registries) {
            Set<Metric> before = Collections.newSetFromMap(new IdentityHashMap<>());
            before.addAll(registry.getGauges((id, metric) -> id.getName().equals(name))
                    .values());
            Gauge<Double> gauge = registry.gauge(metadata, mqtt, value, tags);
            if (!before.contains(gauge)) { // it may be of another application that shares the registry
                registered.add(List.of(tags), () -> registry.removeMatching((id, metric) -> metric == gauge));
            }
        }
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }

    @Override
    public void close() {
        registered.removeAll();
        if (holder != null) {
            holder.destroy();
        }
    }
}
