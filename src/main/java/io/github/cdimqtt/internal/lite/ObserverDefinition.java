package io.github.cdimqtt.internal.lite;

import jakarta.enterprise.event.TransactionPhase;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An observer method of an event of cdi-mqtt. Immutable.
 *
 * @param beanClass the class of the bean, which may have inherited it
 * @param ofMessages whether it observes messages; otherwise another event of cdi-mqtt
 * @param observedType as it is in the class of the bean
 * @param foreign whether it has qualifiers with which cdi-mqtt fires nothing: those are known when it is built, and no more
 * @param any whether it is written to observe all connections
 * @param arguments one for each parameter
 */
record ObserverDefinition(
        Class<?> beanClass,
        String location,
        boolean ofMessages,
        Type observedType,
        Set<Annotation> qualifiers,
        boolean foreign,
        boolean any,
        boolean async,
        int priority,
        TransactionPhase phase,
        List<Argument> arguments) {

    /** Where the argument of a parameter comes from. */
    enum Source {
        EVENT,
        METADATA,
        MESSAGE,
        VARIABLE,
        BEAN
    }

    /**
     * What a parameter is given.
     *
     * @param location that of the parameter
     * @param variable the name of the topic variable; null if it is none
     * @param type as it is in the class of the bean
     */
    record Argument(
            Source source, String location, @Nullable String variable, Type type) {}
}
