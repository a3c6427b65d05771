package io.github.cdimqtt.it;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A bean that writes down what its observers hear, in order. Thread-safe.
 *
 * @param <T> what it writes down
 */
class Listener<T> {

    private final List<T> heard = new CopyOnWriteArrayList<>();

    void hear(T what) {
        heard.add(what);
    }

    List<T> heard() {
        return List.copyOf(heard);
    }
}
