package io.github.cdimqtt.resilience;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Counts what arrived, by its text, and when. Thread-safe. */
public final class ArrivalCounter {

    private final Map<String, List<Long>> arrivals = new ConcurrentHashMap<>();

    /** Counts one. */
    public void add(String text) {
        arrivals.computeIfAbsent(text, key -> new CopyOnWriteArrayList<>()).add(System.nanoTime());
    }

    /** How many different ones have arrived. */
    public int size() {
        return arrivals.size();
    }

    /** Whether this one has arrived. */
    public boolean contains(String text) {
        return arrivals.containsKey(text);
    }

    /** When this one arrived, each time. */
    public List<Long> arrivals(String text) {
        return List.copyOf(arrivals.getOrDefault(text, List.of()));
    }

    /** Which of these have not arrived. */
    public List<String> missing(Collection<String> expected) {
        return expected.stream().filter(text -> !arrivals.containsKey(text)).toList();
    }

    /** Which of these have arrived more than once. */
    public List<String> doubled(Collection<String> expected) {
        return expected.stream().filter(text -> arrivals(text).size() > 1).toList();
    }

    /** Which have arrived that are not among these. */
    public List<String> strange(Collection<String> expected) {
        List<String> strange = new ArrayList<>(arrivals.keySet());
        strange.removeAll(expected);
        return strange;
    }
}
