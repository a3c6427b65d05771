package io.github.cdimqtt.internal.observability;

import io.github.cdimqtt.Mqtt;
import io.github.cdimqtt.MqttMetrics;
import java.time.Duration;

/** A library of metrics that the application has: what it is given it reads whenever it likes, until it is closed. */
interface MeterRegistrar extends AutoCloseable {

    /** Adds the measures of a connection. */
    void connection(String broker, Mqtt mqtt);

    /** Adds how long the messages of a topic filter take; nothing new if that was added before. */
    void filter(String broker, String filter, Mqtt mqtt);

    /** Removes what was added for a topic filter, if anything was. */
    void forget(String broker, String filter);

    /** Removes what was added. */
    @Override
    void close();

    /** Returns how long the messages of a filter took so far, which may be unsubscribed meanwhile. */
    static MqttMetrics.Handling handling(Mqtt mqtt, String filter) {
        return mqtt.metrics()
                .handling()
                .getOrDefault(filter, new MqttMetrics.Handling(0, Duration.ZERO, Duration.ZERO));
    }
}
