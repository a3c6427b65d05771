package io.github.cdimqtt.internal.portable;

import io.github.cdimqtt.internal.deployment.CodeLocation;
import jakarta.enterprise.inject.spi.AnnotatedMethod;
import jakarta.enterprise.inject.spi.AnnotatedParameter;
import jakarta.enterprise.inject.spi.InjectionPoint;
import jakarta.enterprise.inject.spi.ObserverMethod;
import org.jspecify.annotations.Nullable;

/** The locations in the code of what the container announces. */
final class Locations {
    private Locations() {}

    static String of(ObserverMethod<?> observer, @Nullable AnnotatedMethod<?> method) {
        return method == null ? CodeLocation.of(observer) : CodeLocation.of(method.getJavaMember());
    }

    static String of(AnnotatedParameter<?> parameter) {
        return CodeLocation.ofParameter(parameter.getDeclaringCallable().getJavaMember(), parameter.getPosition());
    }

    static String of(InjectionPoint point) {
        return point.getAnnotated() instanceof AnnotatedParameter<?> parameter
                ? of(parameter)
                : CodeLocation.of(point.getMember());
    }
}
