package io.github.cdimqtt.internal.cdi;

import static java.util.Objects.requireNonNull;

import io.github.cdimqtt.Mqtt;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.Unmanaged;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricID;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.MetricUnits;
import org.eclipse.microprofile.metrics.Tag;
import org.jspecify.annotations.Nullable;

/** MicroProfile Metrics: the registry of the application. All are gauges, as its counters can't be read from elsewhere. */
final class MicroProfileMeters implements Meters {
    private final List<MetricRegistry> registries; // none where there is only the API, otherwise one
    private final Set<MetricID> added = ConcurrentHashMap.newKeySet();

    /** A real injection point: some producers look at the one that they produce for (SmallRye Metrics 5 does). */
    static final class Wanted {
        @Inject
        @Nullable
        MetricRegistry registry;
    }

    MicroProfileMeters(BeanManager beans) {
        this.registries = beans.createInstance().select(MetricRegistry.class).isResolvable()
                ? List.of(requireNonNull(new Unmanaged<>(beans, Wanted.class)
                        .newInstance()
                        .produce()
                        .inject()
                        .get()
                        .registry))
                : List.of();
    }

    @Override
    public void connection(String broker, Mqtt mqtt) {
        Tag tag = new Tag(Measure.BROKER, broker);
        for (Measure each : Measure.ALL) {
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
                Measure.HANDLING + ".messages",
                "Messages of a topic filter that were handled",
                MetricUnits.NONE,
                mqtt,
                from -> (double) Meters.handling(from, filter).messages(),
                tags);
        gauge(
                Measure.HANDLING + ".total",
                "How long observers took for the messages of a topic filter",
                MetricUnits.SECONDS,
                mqtt,
                from -> seconds(Meters.handling(from, filter).total()),
                tags);
        gauge(
                Measure.HANDLING + ".longest",
                "How long the slowest message of a topic filter took",
                MetricUnits.SECONDS,
                mqtt,
                from -> seconds(Meters.handling(from, filter).longest()),
                tags);
    }

    @Override
    public void forget(String broker, String filter) {
        Map<String, String> tags = new MetricID("", tags(broker, filter)).getTags();
        added.forEach(each -> {
            if (each.getTags().equals(tags)) {
                registries.forEach(registry -> registry.remove(each));
                added.remove(each);
            }
        });
    }

    private static Tag[] tags(String broker, String filter) {
        return new Tag[] {new Tag(Measure.BROKER, broker), new Tag(Measure.FILTER, filter)};
    }

    private void gauge(
            String name, String description, String unit, Mqtt mqtt, Function<Mqtt, Double> value, Tag... tags) {
        Metadata metadata = Metadata.builder()
                .withName(name)
                .withDescription(description)
                .withUnit(unit)
                .build();
        for (MetricRegistry registry : registries) {
            registry.gauge(metadata, mqtt, value, tags);
            added.add(new MetricID(name, tags));
        }
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }

    @Override
    public void close() {
        registries.forEach(registry -> added.forEach(registry::remove));
        added.clear();
    }
}
