package io.github.cdimqtt.internal.observability;

import io.github.cdimqtt.MqttMetrics;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * One number that a connection reports to a metrics library. Immutable.
 *
 * @param name with dots, as metrics libraries write it
 * @param description what it counts
 * @param grows whether it is a counter since the start; otherwise it is a gauge of the present value
 * @param value reads the number
 */
record MetricDefinition(String name, String description, boolean grows, ToDoubleFunction<MqttMetrics> value) {

    /** The tag with the name of the connection. */
    static final String BROKER = "broker";

    /** The tag with a topic filter. */
    static final String FILTER = "filter";

    static final String HANDLING = "mqtt.handling";

    static final List<MetricDefinition> ALL = List.of(
            counter("mqtt.messages.received", "Messages that arrived", MqttMetrics::received),
            counter("mqtt.messages.handled", "Messages whose observers all succeeded", MqttMetrics::handled),
            counter("mqtt.messages.unheard", "Messages that nobody observes", MqttMetrics::unheard),
            counter("mqtt.messages.failed", "Messages of which an observer failed", MqttMetrics::failed),
            counter("mqtt.messages.dropped", "QoS 0 messages dropped for lack of room", MqttMetrics::dropped),
            counter("mqtt.messages.acknowledged", "Messages acknowledged to the broker", MqttMetrics::acknowledged),
            counter("mqtt.messages.published", "Messages sent", MqttMetrics::published),
            gauge("mqtt.messages.inflight", "Messages sent and not yet acknowledged", MqttMetrics::inflight),
            gauge("mqtt.messages.queued", "Messages waiting to be sent", MqttMetrics::queued),
            gauge("mqtt.outbox.pending", "Messages in the outbox that are to be sent", MqttMetrics::outboxPending),
            gauge("mqtt.outbox.failed", "Messages in the outbox that the broker refuses", MqttMetrics::outboxFailed),
            counter("mqtt.reconnects", "Connections after the first", MqttMetrics::reconnects));

    private static MetricDefinition counter(String name, String description, ToDoubleFunction<MqttMetrics> value) {
        return new MetricDefinition(name, description, true, value);
    }

    private static MetricDefinition gauge(String name, String description, ToDoubleFunction<MqttMetrics> value) {
        return new MetricDefinition(name, description, false, value);
    }
}
