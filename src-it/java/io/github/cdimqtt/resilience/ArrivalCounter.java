package io.github.cdimqtt.resilience;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Counts messages by their text, with the time of each arrival. Thread-safe. */
public final class ArrivalCounter {

    private final Map<String, List<Long>> arrivals = new ConcurrentHashMap<>();

    /** Counts a message. */
    public void add(String text) {
        arrivals.computeIfAbsent(text, key -> new CopyOnWriteArrayList<>()).add(System.nanoTime());
    }

    /** Returns how many different messages have arrived. */
    public int size() {
        return arrivals.size();
    }

    /** Returns whether this message has arrived. */
    public boolean contains(String text) {
        return arrivals.containsKey(text);
    }

    /** Returns the times at which this message arrived. */
    public List<Long> arrivals(String text) {
        return List.copyOf(arrivals.getOrDefault(text, List.of()));
    }

    /** Returns those of these messages that have not arrived. */
    public List<String> missing(Collection<String> expected) {
        return expected.stream().filter(text -> !arrivals.containsKey(text)).toList();
    }

    /** Returns those of these messages that have arrived more than once. */
    public List<String> doubled(Collection<String> expected) {
        return expected.stream().filter(text -> arrivals(text).size() > 1).toList();
    }

    /** Returns the messages that have arrived and are not among these. */
    public List<String> strange(Collection<String> expected) {
        List<String> strange = new ArrayList<>(arrivals.keySet());
        strange.removeAll(expected);
        return strange;
    }
}
