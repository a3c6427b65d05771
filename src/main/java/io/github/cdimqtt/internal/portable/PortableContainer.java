package io.github.cdimqtt.internal.portable;

import io.github.cdimqtt.internal.beans.Container;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.ObserverMethod;
import jakarta.enterprise.inject.spi.Unmanaged;
import java.lang.annotation.Annotation;
import java.util.Collection;

/** A container with portable extensions: it has taken the wrappers of observers in place of those. Thread-safe. */
record PortableContainer(BeanManager beans) implements Container {

    @Override
    public Event<Object> event() {
        return beans.getEvent();
    }

    @Override
    public Instance<Object> instances() {
        return beans.createInstance();
    }

    @Override
    public Collection<? extends ObserverMethod<?>> observers(Object event, Annotation... qualifiers) {
        return beans.resolveObserverMethods(event, qualifiers);
    }

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
