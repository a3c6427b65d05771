package io.github.cdimqtt.internal.deployment;

import io.github.cdimqtt.internal.text.TypeName;
import jakarta.enterprise.inject.spi.ObserverMethod;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Member;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The location of something in the code, as messages show it: {@code Class#method(Type, Type)}. */
public final class CodeLocation {
    private CodeLocation() {}

    /** Returns that of an observer without a method, which an extension has added. */
    public static String of(ObserverMethod<?> observer) {
        return observer.getBeanClass().getSimpleName() + " (an observer of " + TypeName.of(observer.getObservedType())
                + " without a method)";
    }

    /** Returns that of a parameter. */
    public static String ofParameter(Member member, int position) {
        return "parameter " + (position + 1) + " of " + of(member);
    }

    /** Returns that of a field, a method or a constructor. */
    public static String of(Member member) {
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
