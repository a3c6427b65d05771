package io.github.cdimqtt.resilience;

import io.github.cdimqtt.Qos;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The messages of one QoS in one direction: when they were sent, acknowledged to their sender, and received. Thread-safe. */
final class Flow {

    private final String topic;
    private final Qos qos;
    private final Map<String, Long> sent = new ConcurrentHashMap<>();
    private final Map<String, Long> acknowledged = new ConcurrentHashMap<>();
    private final ArrivalCounter received;

    /** Creates one on {@code topic/qos}. */
    Flow(String topic, Qos qos, ArrivalCounter received) {
        this.topic = topic + '/' + qos.level();
        this.qos = qos;
        this.received = received;
    }

    /** Returns the text of the next message. */
    String next() {
        String text = String.valueOf(sent.size());
        sent.put(text, System.nanoTime());
        return text;
    }

    String topic() {
        return topic;
    }

    Qos qos() {
        return qos;
    }

    void acknowledged(String text) {
        acknowledged.put(text, System.nanoTime());
    }

    void received(String text) {
        received.add(text);
    }

    int sent() {
        return sent.size();
    }

    int acknowledged() {
        return acknowledged.size();
    }

    long sentAt(String text) {
        return sent.get(text);
    }

    long lastArrival(String text) {
        List<Long> arrivals = received.arrivals(text);
        return arrivals.get(arrivals.size() - 1);
    }

    /** Returns the messages that were acknowledged to the sender and never received. */
    List<String> lost() {
        return received.missing(new ArrayList<>(acknowledged.keySet()));
    }

    List<String> doubled() {
        return received.doubled(new ArrayList<>(sent.keySet()));
    }

    @Override
    public String toString() {
        return topic;
    }
}
