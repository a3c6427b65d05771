package io.github.cdimqtt.internal.portable;

import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Specializes;
import jakarta.enterprise.inject.spi.AnnotatedParameter;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.InjectionPoint;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The beans that are enabled. Weld announces injection points of disabled alternatives too, and beans only later; so
 * what was announced of a class counts from the moment that all beans are known. On the container's thread.
 */
final class EnabledBeans {
    private final List<Bean<?>> announced = new ArrayList<>();

    void add(Bean<?> bean) {
        announced.add(bean);
    }

    /** Returns all of them, once all are announced. Weld announces specialized ones too. */
    List<Bean<?>> all() {
        Set<Class<?>> specialized = announced.stream()
                .map(Bean::getBeanClass)
                .filter(type -> type.isAnnotationPresent(Specializes.class))
                .<Class<?>>map(Class::getSuperclass)
                .collect(Collectors.toSet());
        return announced.stream()
                .filter(bean -> !specialized.contains(bean.getBeanClass()))
                .toList();
    }

    /** Returns the classes that have a bean. */
    Set<Class<?>> classes() {
        return all().stream().map(Bean::getBeanClass).collect(Collectors.toSet());
    }

    /** Returns those of some injection points that are injected. One of a servlet, for instance, has no bean. */
    List<InjectionPoint> injected(List<InjectionPoint> points) {
        Set<Bean<?>> enabled = new HashSet<>(all());
        Set<Class<?>> classes = classes();
        return points.stream()
                .filter(point -> {
                    Bean<?> owner = point.getBean();
                    return owner == null ? !isOfADisabledDisposer(point, classes) : enabled.contains(owner);
                })
                .toList();
    }

    /** Weld knows no bean of a disposer's parameters. */
    private static boolean isOfADisabledDisposer(InjectionPoint point, Set<Class<?>> enabled) {
        return point.getAnnotated() instanceof AnnotatedParameter<?> parameter
                && parameter.getDeclaringCallable().getParameters().stream()
                        .anyMatch(each -> each.isAnnotationPresent(Disposes.class))
                && !enabled.contains(
                        parameter.getDeclaringCallable().getDeclaringType().getJavaClass());
    }
}
