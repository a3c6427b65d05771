package io.github.cdimqtt.support;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Records what observers are called with, in order. Extended by the bean that has the observers. Thread-safe.
 *
 * @param <T> the type of what is recorded
 */
public class Recorder<T> {

    private final List<T> recorded = new CopyOnWriteArrayList<>();

    /** Records a value. */
    public void record(T what) {
        recorded.add(what);
    }

    /** Returns a copy of what was recorded so far. */
    public List<T> recorded() {
        return List.copyOf(recorded);
    }

    /** Removes what was recorded. */
    public void clear() {
        recorded.clear();
    }
}
