package io.github.cdimqtt.internal.dispatch;

import jakarta.enterprise.event.Reception;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.EventContext;
import jakarta.enterprise.inject.spi.ObserverMethod;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.Set;

/**
 * Wraps an observer of events of cdi-mqtt, so that its failure does not reach the others. Thread-safe.
 *
 * @param <T> the observed type
 */
public class ObserverWrapper<T> implements ObserverMethod<T> {
    protected final ObserverMethod<?> observer;
    protected final String location;
    protected final ObserverIsolation isolation;

    public ObserverWrapper(ObserverMethod<?> observer, String location, ObserverIsolation isolation) {
        this.observer = observer;
        this.location = location;
        this.isolation = isolation;
    }

    @Override
    public void notify(EventContext<T> context) {
        isolation.call(location, () -> callObserver(context));
    }

    /** Calls the wrapped observer, without isolation. */
    @SuppressWarnings("unchecked") // the container resolved it by type
    protected final void callObserver(EventContext<?> context) {
        ((ObserverMethod<Object>) observer).notify((EventContext<Object>) context);
    }

    @Override
    public Class<?> getBeanClass() {
        return observer.getBeanClass();
    }

    @Override
    public Bean<?> getDeclaringBean() {
        return observer.getDeclaringBean();
    }

    @Override
    public Type getObservedType() {
        return observer.getObservedType();
    }

    @Override
    public Set<Annotation> getObservedQualifiers() {
        return observer.getObservedQualifiers();
    }

    @Override
    public Reception getReception() {
        return observer.getReception();
    }

    @Override
    public TransactionPhase getTransactionPhase() {
        return observer.getTransactionPhase();
    }

    @Override
    public int getPriority() {
        return observer.getPriority();
    }

    @Override
    public boolean isAsync() {
        return observer.isAsync();
    }

    @Override
    public String toString() {
        return location;
    }
}
