package io.github.cdimqtt.internal.beans;

import jakarta.enterprise.event.Event;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.ObserverMethod;
import java.lang.annotation.Annotation;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** The bean container while the application runs. Thread-safe. */
public interface Container {

    /** Returns what fires events without qualifiers, to be narrowed. */
    Event<Object> event();

    /** Returns all beans, to be narrowed. */
    Instance<Object> instances();

    /** Returns the observers of an event: where the library stands in for one of the application, its own. */
    Collection<? extends ObserverMethod<?>> observers(Object event, Annotation... qualifiers);

    /** Returns a new object of a type that is no bean, with its injection points injected; null if that is not possible. */
    <T> @Nullable Injected<T> inject(Class<T> type);

    /** An object, until it is destroyed. */
    interface Injected<T> {
        T get();

        /** Destroys it, and what depends on it. */
        void destroy();
    }
}
