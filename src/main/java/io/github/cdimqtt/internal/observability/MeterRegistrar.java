package io.github.cdimqtt.internal.observability;

import io.github.cdimqtt.Mqtt;
import io.github.cdimqtt.MqttMetrics;
import java.time.Duration;

/** Registers meters with a metrics library, which reads their values at any time until they are removed. Thread-safe. */
interface MeterRegistrar extends AutoCloseable {

    /** Registers the meters of a connection. */
    void connection(String broker, Mqtt mqtt);

    /** Registers the handling times of a topic filter, unless they are registered. */
    void filter(String broker, String filter, Mqtt mqtt);

    /** Removes the meters of a topic filter, if there are any. */
    void removeFilter(String broker, String filter);

    /** Removes all meters that it registered. */
    @Override
    void close();

    /** Returns the handling times of a filter so far; zero if it was unsubscribed meanwhile. */
    static MqttMetrics.Handling handling(Mqtt mqtt, String filter) {
        return mqtt.metrics()
                .handling()
                .getOrDefault(filter, new MqttMetrics.Handling(0, Duration.ZERO, Duration.ZERO));
    }
}
