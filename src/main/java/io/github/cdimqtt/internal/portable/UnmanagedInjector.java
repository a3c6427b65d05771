package io.github.cdimqtt.internal.portable;

import io.github.cdimqtt.internal.beans.Injector;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.Unmanaged;

/** Injects as the container does into a class that is no bean. Thread-safe. */
record UnmanagedInjector(BeanManager beans) implements Injector {

    @Override
    public <T> Injected<T> inject(Class<T> type) {
        Unmanaged.UnmanagedInstance<T> made =
                new Unmanaged<>(beans, type).newInstance().produce().inject();
        return new Injected<>() {
            @Override
            public T get() {
                return made.get();
            }

            @Override
            public void destroy() {
                made.dispose();
            }
        };
    }
}
