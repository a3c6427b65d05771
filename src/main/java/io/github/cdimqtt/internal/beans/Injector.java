package io.github.cdimqtt.internal.beans;

import org.jspecify.annotations.Nullable;

/** Injects into objects that are no beans, where the container can. Thread-safe. */
public interface Injector {
    /** That of a container that can't. */
    Injector NONE = new Injector() {
        @Override
        public <T> @Nullable Injected<T> inject(Class<T> type) {
            return null;
        }
    };

    /** An object, until it is destroyed. */
    interface Injected<T> {
        T get();

        /** Destroys it, and what depends on it. */
        void destroy();
    }

    /** Returns a new object of a type whose injection points are injected; null if that is not possible. */
    <T> @Nullable Injected<T> inject(Class<T> type);
}
