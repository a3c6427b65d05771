package io.github.cdimqtt.internal.memory;

import io.github.cdimqtt.MqttReason;
import io.github.cdimqtt.internal.topic.TopicFilter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a test has the broker do wrong, until it is restored. Thread-safe. */
public final class BrokerFaults {
    private final Runnable delayChanged;
    private final List<TopicFilter> refusedFilters = new ArrayList<>(); // guarded by this
    private final Map<TopicFilter, MqttReason> refusedTopics = new LinkedHashMap<>(); // guarded by this
    private @Nullable MqttReason refusal; // guarded by this
    private boolean dropsAcknowledgements; // guarded by this
    private volatile long delayNanos;

    /**
     * Creates it: no fault.
     *
     * @param delayChanged called without a lock
     */
    BrokerFaults(Runnable delayChanged) {
        this.delayChanged = delayChanged;
    }

    /** Refuses connections. */
    public synchronized void refuseConnections(MqttReason reason) {
        refusal = reason;
    }

    /** Refuses subscriptions to a filter, and to those that match no topic which that does not match. */
    public synchronized void refuseSubscriptions(TopicFilter filter) {
        refusedFilters.add(TopicFilter.of(filter.filter()));
    }

    /** Refuses messages to the topics that a filter matches. */
    public synchronized void refuseMessages(TopicFilter filter, MqttReason reason) {
        refusedTopics.put(filter, reason);
    }

    /** Loses PUBACK and PUBCOMP, either way. */
    public synchronized void dropAcknowledgements() {
        dropsAcknowledgements = true;
    }

    /** Has each packet of the broker arrive later, those too that are on their way. */
    public void delay(long nanos) {
        delayNanos = nanos;
        delayChanged.run();
    }

    /** Ends all faults. */
    public void restore() {
        synchronized (this) {
            refusedFilters.clear();
            refusedTopics.clear();
            refusal = null;
            dropsAcknowledgements = false;
        }
        delay(0);
    }

    /** Returns why connections are refused; null if they are not. */
    synchronized @Nullable MqttReason refusal() {
        return refusal;
    }

    synchronized boolean refuses(TopicFilter filter) {
        TopicFilter unshared = TopicFilter.of(filter.filter());
        return refusedFilters.stream().anyMatch(each -> each.covers(unshared));
    }

    /** Returns why a message to a topic is refused; null if it is not. */
    synchronized @Nullable MqttReason refusalOf(String topic) {
        return refusedTopics.entrySet().stream()
                .filter(each -> each.getKey().matches(topic))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
    }

    synchronized boolean dropsAcknowledgementsNow() {
        return dropsAcknowledgements;
    }

    long delayNanos() {
        return delayNanos;
    }
}
