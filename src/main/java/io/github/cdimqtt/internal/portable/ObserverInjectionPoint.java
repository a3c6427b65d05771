package io.github.cdimqtt.internal.portable;

import static java.util.stream.Collectors.toUnmodifiableSet;

import jakarta.enterprise.inject.Default;
import jakarta.enterprise.inject.spi.Annotated;
import jakarta.enterprise.inject.spi.AnnotatedParameter;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.InjectionPoint;
import java.lang.annotation.Annotation;
import java.lang.reflect.Member;
import java.lang.reflect.Type;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The injection point of an observer's parameter, to be validated. {@code BeanManager.createInjectionPoint} can't be used on
 * OpenWebBeans 4.0.3: it fires {@code ProcessInjectionPoint} without the bean that it needs for that. Immutable.
 */
record ObserverInjectionPoint(
        AnnotatedParameter<?> parameter, @Nullable Bean<?> owner, Set<Annotation> qualifiers)
        implements InjectionPoint {

    static ObserverInjectionPoint of(AnnotatedParameter<?> parameter, @Nullable Bean<?> owner, BeanManager beans) {
        Set<Annotation> qualifiers = parameter.getAnnotations().stream()
                .filter(annotation -> beans.isQualifier(annotation.annotationType()))
                .collect(toUnmodifiableSet());
        return new ObserverInjectionPoint(
                parameter, owner, qualifiers.isEmpty() ? Set.of(Default.Literal.INSTANCE) : qualifiers);
    }

    @Override
    public Type getType() {
        return parameter.getBaseType();
    }

    @Override
    public Set<Annotation> getQualifiers() {
        return qualifiers;
    }

    @Override
    @SuppressWarnings("NullAway") // specified as null where there is no bean
    public Bean<?> getBean() {
        return owner;
    }

    @Override
    public Member getMember() {
        return parameter.getDeclaringCallable().getJavaMember();
    }

    @Override
    public Annotated getAnnotated() {
        return parameter;
    }

    @Override
    public boolean isDelegate() {
        return false;
    }

    @Override
    public boolean isTransient() {
        return false;
    }
}
