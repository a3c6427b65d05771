package io.github.cdimqtt.internal.deployment;

import io.github.cdimqtt.internal.text.TypeName;
import jakarta.enterprise.inject.spi.AnnotatedCallable;
import jakarta.enterprise.inject.spi.AnnotatedMember;
import jakarta.enterprise.inject.spi.AnnotatedMethod;
import jakarta.enterprise.inject.spi.AnnotatedParameter;
import jakarta.enterprise.inject.spi.InjectionPoint;
import jakarta.enterprise.inject.spi.ObserverMethod;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Member;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The location of something in the code, as messages show it: {@code Class#method(Type, Type)}. */
public final class CodeLocation {
    private CodeLocation() {}

    public static String of(ObserverMethod<?> observer, @Nullable AnnotatedMethod<?> method) {
        return method == null
                ? observer.getBeanClass().getSimpleName() + " (an observer of "
                        + TypeName.of(observer.getObservedType()) + " without a method)"
                : of(method.getJavaMember());
    }

    public static String of(AnnotatedMember<?> member) {
        return of(member.getJavaMember());
    }

    public static String of(AnnotatedParameter<?> parameter) {
        return parameterOf(parameter.getDeclaringCallable(), parameter.getPosition());
    }

    public static String of(InjectionPoint point) {
        if (point.getAnnotated() instanceof AnnotatedParameter<?> parameter) {
            return of(parameter);
        }
        return of(point.getMember());
    }

    private static String parameterOf(AnnotatedCallable<?> callable, int position) {
        return "parameter " + (position + 1) + " of " + of(callable.getJavaMember());
    }

    private static String of(Member member) {
        String type = member.getDeclaringClass().getSimpleName();
        if (!(member instanceof Executable executable)) {
            return type + "#" + member.getName();
        }
        String parameters = Arrays.stream(executable.getGenericParameterTypes())
                .map(TypeName::of)
                .collect(Collectors.joining(", ", "(", ")"));
        return member instanceof Constructor ? type + parameters : type + "#" + member.getName() + parameters;
    }
}
