package io.github.cdimqtt.internal.observability;

import io.github.cdimqtt.Mqtt;
import io.github.cdimqtt.internal.beans.ApplicationBeans;
import io.github.cdimqtt.internal.reporting.Log;
import io.github.cdimqtt.internal.reporting.MessageId;
import jakarta.enterprise.inject.spi.BeanManager;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Tells Micrometer and MicroProfile Metrics, where they are present, what the connections do, until the application
 * ends: one may be shared by applications, or live as long as the JVM. Thread-safe.
 */
public final class MeterBinder {
    private final ApplicationBeans beans;
    private final BeanManager server;
    private final List<MeterRegistrar> present = new ArrayList<>(); // guarded by this

    public MeterBinder(ApplicationBeans beans, BeanManager server) {
        this.beans = beans;
        this.server = server;
    }

    /** Finds out what is present; the application has started then, and its registries with it. */
    public synchronized void start() {
        // Lambdas, because a method reference would link the class here, outside the try.
        find(() -> new MicrometerMeters(beans));
        find(() -> new MicroProfileMeters(server));
    }

    private void find(Supplier<MeterRegistrar> library) {
        try {
            present.add(library.get());
        } catch (LinkageError absent) {
            // nobody asks for metrics
        } catch (RuntimeException e) { // of a bean of the application, perhaps
            failed(e);
        }
    }

    /**
     * Adds a connection with the topic filters that it has and those that it will have, each for as long.
     *
     * @param filters takes who is to be told of each filter that someone observes, now and from now on, and of each that is
     *     forgotten
     */
    public void connection(String broker, Mqtt mqtt, BiConsumer<Consumer<String>, Consumer<String>> filters) {
        tell(meters -> meters.connection(broker, mqtt));
        filters.accept(
                filter -> tell(meters -> meters.filter(broker, filter, mqtt)),
                filter -> tell(meters -> meters.forget(broker, filter)));
    }

    /** Removes all. */
    public synchronized void stop() {
        tell(MeterRegistrar::close);
        present.clear();
    }

    private synchronized void tell(Consumer<MeterRegistrar> what) {
        for (MeterRegistrar each : present) {
            try {
                what.accept(each);
            } catch (RuntimeException e) { // the application is none the worse without
                failed(e);
            }
        }
    }

    private static void failed(RuntimeException cause) {
        Log.write(MessageId.METRICS_NOT_REGISTERED, "metrics are not registered", cause);
    }
}
