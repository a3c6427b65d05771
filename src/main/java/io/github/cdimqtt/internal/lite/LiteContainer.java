package io.github.cdimqtt.internal.lite;

import io.github.cdimqtt.internal.beans.Container;
import io.github.cdimqtt.internal.dispatch.ObserverWrapper;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.BeanContainer;
import jakarta.enterprise.inject.spi.ObserverMethod;
import java.lang.annotation.Annotation;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A container of CDI Lite, which knows the observers of the library by those that the build has registered. Thread-safe. */
final class LiteContainer implements Container {
    private final BeanContainer beans;
    private final Map<ObserverGroup, List<ObserverMethod<?>>> observers;

    LiteContainer(BeanContainer beans, List<ObserverWrapper<?>> observers) {
        this.beans = beans;
        this.observers = new HashMap<>(
                observers.stream().collect(Collectors.<ObserverMethod<?>, ObserverGroup>groupingBy(ObserverGroup::of)));
    }

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
        return beans.resolveObserverMethods(event, qualifiers).stream()
                .flatMap(this::standIn)
                .toList();
    }

    private Stream<ObserverMethod<?>> standIn(ObserverMethod<?> resolved) {
        return observers.getOrDefault(ObserverGroup.of(resolved), List.of(resolved)).stream();
    }

    /** Not possible for a class that is no bean. */
    @Override
    public <T> @Nullable Injected<T> inject(Class<T> type) {
        return null;
    }
}
