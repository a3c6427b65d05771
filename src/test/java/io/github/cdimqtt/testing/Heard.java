package io.github.cdimqtt.testing;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What the observers of a test have heard, in order: inject it into them and {@link #add}. Thread-safe. */
@ApplicationScoped
public class Heard {
    private final List<Object> all = new CopyOnWriteArrayList<>();

    /** Notes what was heard. */
    public void add(Object what) {
        all.add(what);
    }

    /** Returns all that was heard so far: a copy. */
    public List<Object> all() {
        return List.copyOf(all);
    }

    /** Forgets it. */
    public void clear() {
        all.clear();
    }
}
