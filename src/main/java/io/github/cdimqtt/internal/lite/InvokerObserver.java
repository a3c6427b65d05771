package io.github.cdimqtt.internal.lite;

import static java.util.Objects.requireNonNull;

import io.github.cdimqtt.internal.dispatch.CurrentMessage;
import io.github.cdimqtt.internal.text.TextType;
import jakarta.enterprise.event.Reception;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.EventContext;
import jakarta.enterprise.inject.spi.ObserverMethod;
import jakarta.enterprise.invoke.Invoker;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An observer method, which is called through its invoker. Thread-safe. */
final class InvokerObserver implements ObserverMethod<Object> {
    private final ObserverDefinition definition;
    private final CurrentMessage currentMessage;
    private volatile @Nullable Invoker<Object, ?> invoker; // null until the first event

    InvokerObserver(ObserverDefinition definition, CurrentMessage currentMessage) {
        this.definition = definition;
        this.currentMessage = currentMessage;
    }

    /** Has an invoker call it, which is always the same. */
    void callBy(Invoker<Object, ?> invoker) {
        if (this.invoker == null) {
            this.invoker = invoker;
        }
    }

    @Override
    public void notify(EventContext<Object> context) {
        List<ObserverDefinition.Argument> parameters = definition.arguments();
        Object[] arguments = new Object[parameters.size()];
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = argument(parameters.get(i), context);
        }
        call(requireNonNull(invoker), arguments);
    }

    private @Nullable Object argument(ObserverDefinition.Argument parameter, EventContext<Object> context) {
        return switch (parameter.source()) {
            case EVENT -> context.getEvent();
            case METADATA -> context.getMetadata();
            case MESSAGE -> currentMessage.message();
            case VARIABLE ->
                currentMessage.variable(new CurrentMessage.Variable(
                        requireNonNull(parameter.variable()), TextType.boxed(parameter.type())));
            case BEAN -> null; // looked up by the invoker, as is the instance
        };
    }

    @SuppressWarnings("unchecked")
    private static <E extends Exception> void call(Invoker<Object, ?> invoker, Object[] arguments) throws E {
        try {
            invoker.invoke(null, arguments);
        } catch (Exception e) {
            throw (E) e; // as the observer has thrown it
        }
    }

    @Override
    public Class<?> getBeanClass() {
        return definition.beanClass();
    }

    @Override
    @SuppressWarnings("NullAway") // CDI Lite has none at run time
    public Bean<?> getDeclaringBean() {
        return null;
    }

    @Override
    public Type getObservedType() {
        return definition.observedType();
    }

    @Override
    public Set<Annotation> getObservedQualifiers() {
        return definition.qualifiers();
    }

    @Override
    public Reception getReception() {
        return Reception.ALWAYS;
    }

    @Override
    public TransactionPhase getTransactionPhase() {
        return definition.phase();
    }

    @Override
    public int getPriority() {
        return definition.priority();
    }

    @Override
    public boolean isAsync() {
        return definition.async();
    }

    @Override
    public String toString() {
        return definition.location();
    }
}
