package io.github.cdimqtt.internal.dispatch;

import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.ProcessObserverMethod;
import java.util.ArrayList;
import java.util.List;

/** Collects the wrappers that the extension under test replaced observers with. */
public final class ObserverCollector implements Extension {
    private static final int AFTER_OURS = Integer.MAX_VALUE;

    private final List<ObserverWrapper<?>> wrappers = new ArrayList<>();

    void collect(@Observes @Priority(AFTER_OURS) ProcessObserverMethod<?, ?> event) {
        if (event.getObserverMethod() instanceof ObserverWrapper<?> wrapper) {
            wrappers.add(wrapper);
        }
    }

    public List<ObserverWrapper<?>> wrappers() {
        return wrappers;
    }
}
