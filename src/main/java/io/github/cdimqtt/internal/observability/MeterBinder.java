package io.github.cdimqtt.internal.observability;

import io.github.cdimqtt.Mqtt;
import io.github.cdimqtt.internal.beans.BeanLookup;
import io.github.cdimqtt.internal.beans.Container;
import io.github.cdimqtt.internal.reporting.Log;
import io.github.cdimqtt.internal.reporting.MessageId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Registers the meters of all connections with Micrometer and MicroProfile Metrics, where they are present, and removes them
 * when the application ends: a registry may be shared by applications, or live as long as the JVM. Thread-safe.
 */
public final class MeterBinder {
    private final BeanLookup beans;
    private final Container container;
    private final List<MeterRegistrar> present = new ArrayList<>(); // guarded by this

    public MeterBinder(BeanLookup beans, Container container) {
        this.beans = beans;
        this.container = container;
    }

    /** Finds the metrics libraries that are present. To be called once the application has started, and its registries with it. */
    public synchronized void start() {
        // Lambdas, because a method reference would link the class here, outside the try.
        find(() -> new MicrometerMeters(beans));
        find(() -> new MicroProfileMeters(container));
    }

    private void find(Supplier<MeterRegistrar> library) {
        try {
            present.add(library.get());
        } catch (LinkageError absent) {
            // the application has no such library
        } catch (RuntimeException e) { // of a bean of the application, perhaps
            failed(e);
        }
    }

    /**
     * Registers the meters of a connection, and of each of its topic filters while that is subscribed.
     *
     * @param filters takes two listeners: one for each filter that is subscribed, now and later, and one for each that is
     *     unsubscribed
     */
    public void connection(String broker, Mqtt mqtt, BiConsumer<Consumer<String>, Consumer<String>> filters) {
        forEach(meters -> meters.connection(broker, mqtt));
        filters.accept(
                filter -> forEach(meters -> meters.filter(broker, filter, mqtt)),
                filter -> forEach(meters -> meters.removeFilter(broker, filter)));
    }

    /** Removes all meters. */
    public synchronized void stop() {
        forEach(MeterRegistrar::close);
        present.clear();
    }

    private synchronized void forEach(Consumer<MeterRegistrar> what) {
        for (MeterRegistrar each : present) {
            try {
                what.accept(each);
            } catch (RuntimeException e) { // metrics are not essential
                failed(e);
            }
        }
    }

    private static void failed(RuntimeException cause) {
        Log.write(MessageId.METRICS_NOT_REGISTERED, "metrics are not registered", cause);
    }
}
