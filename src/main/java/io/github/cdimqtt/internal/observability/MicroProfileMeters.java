package io.github.cdimqtt.internal.observability;

import static java.util.Objects.requireNonNull;

import io.github.cdimqtt.Mqtt;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.Unmanaged;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.eclipse.microprofile.metrics.Gauge;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.Metric;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.MetricUnits;
import org.eclipse.microprofile.metrics.Tag;
import org.jspecify.annotations.Nullable;

/** MicroProfile Metrics: the registry of the application. All are gauges, as its counters can't be read from elsewhere. */
final class MicroProfileMeters implements MeterRegistrar {
    private final Unmanaged.@Nullable UnmanagedInstance<Wanted> wanted;
    private final List<MetricRegistry> registries; // none where there is only the API, otherwise one
    private final Set<Added> added = ConcurrentHashMap.newKeySet();

    /** A gauge that was added, with our tags: the registry may know it by more, those of the application. */
    private record Added(MetricRegistry registry, Gauge<?> gauge, List<Tag> tags) {}

    /** A real injection point: some producers look at the one that they produce for (SmallRye Metrics 5 does). */
    static final class Wanted {
        @Inject
        @Nullable
        MetricRegistry registry;
    }

    MicroProfileMeters(BeanManager beans) {
        this.wanted = beans.createInstance().select(MetricRegistry.class).isResolvable()
                ? new Unmanaged<>(beans, Wanted.class).newInstance().produce().inject()
                : null;
        this.registries = wanted == null ? List.of() : List.of(requireNonNull(wanted.get().registry));
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
    public void forget(String broker, String filter) {
        List<Tag> tags = List.of(tags(broker, filter));
        remove(each -> each.tags().equals(tags));
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
            if (!before.contains(gauge)) { // otherwise it is of another application that shares the registry, perhaps
                added.add(new Added(registry, gauge, List.of(tags)));
            }
        }
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }

    @Override
    public void close() {
        remove(each -> true);
        if (wanted != null) {
            wanted.dispose();
        }
    }

    private void remove(Predicate<Added> which) {
        added.removeIf(each -> {
            boolean chosen = which.test(each);
            if (chosen) {
                each.registry().removeMatching((id, metric) -> metric == each.gauge());
            }
            return chosen;
        });
    }
}
