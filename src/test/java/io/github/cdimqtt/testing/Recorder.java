package io.github.cdimqtt.testing;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Records what observers are called with, in order: a bean whose observers they are extends it. Thread-safe.
 *
 * @param <T> what is recorded
 */
public class Recorder<T> {

    private final List<T> recorded = new CopyOnWriteArrayList<>();

    /** Records this. */
    public void record(T what) {
        recorded.add(what);
    }

    /** Returns what was recorded so far: a copy. */
    public List<T> recorded() {
        return List.copyOf(recorded);
    }

    /** Forgets it. */
    public void clear() {
        recorded.clear();
    }
}
