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
 * The enabled beans. Weld also fires events for injection points of disabled alternatives, and for beans only later; so those
 * injection points are sorted out once all beans are known. Confined to the container's thread.
 */
final class EnabledBeans {
    private final List<Bean<?>> announced = new ArrayList<>();

    void add(Bean<?> bean) {
        announced.add(bean);
    }

    /** Returns all of them, without specialized ones, which Weld announces too. To be called once all are announced. */
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

    /** Returns the injection points that are injected. Those of a servlet, for instance, have no bean. */
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

    /** Weld gives the parameters of a disposer no bean. */
    private static boolean isOfADisabledDisposer(InjectionPoint point, Set<Class<?>> enabled) {
        return point.getAnnotated() instanceof AnnotatedParameter<?> parameter
                && parameter.getDeclaringCallable().getParameters().stream()
                        .anyMatch(each -> each.isAnnotationPresent(Disposes.class))
                && !enabled.contains(
                        parameter.getDeclaringCallable().getDeclaringType().getJavaClass());
    }
}
