package io.github.cdimqtt.internal.lite;

import io.github.cdimqtt.internal.deployment.CodeLocation;
import jakarta.enterprise.inject.build.compatible.spi.BeanInfo;
import jakarta.enterprise.inject.build.compatible.spi.InjectionPointInfo;
import jakarta.enterprise.lang.model.declarations.ClassInfo;
import jakarta.enterprise.lang.model.declarations.DeclarationInfo;
import jakarta.enterprise.lang.model.declarations.MethodInfo;
import jakarta.enterprise.lang.model.types.Type;
import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds with reflection what the language model of CDI describes, at build. */
final class Reflection {
    private Reflection() {}

    /**
     * Returns a class with its methods, which is not initialized; null if there is none yet: an extension of the container may
     * generate it only now, or it needs an optional library that is absent.
     */
    static @Nullable Class<?> type(ClassInfo type) {
        ClassLoader application = Thread.currentThread().getContextClassLoader();
        try {
            Class<?> found = Class.forName(
                    type.name(), false, application == null ? Reflection.class.getClassLoader() : application);
            for (Class<?> each = found; each != null; each = each.getSuperclass()) {
                var unused = each.getDeclaredMethods(); // with the types of their parameters
            }
            return found;
        } catch (ClassNotFoundException | LinkageError absent) {
            return null;
        }
    }

    /** Returns whether a class has any of these annotations, on itself or on what it declares or inherits. */
    static boolean isAnnotated(ClassInfo type, Set<String> annotations) {
        return isAnnotated((DeclarationInfo) type, annotations)
                || known(type::fields).stream().anyMatch(each -> isAnnotated(each, annotations))
                || Stream.concat(known(type::methods).stream(), known(type::constructors).stream())
                        .anyMatch(each -> isAnnotated(each, annotations)
                                || known(each::parameters).stream()
                                        .anyMatch(parameter -> isAnnotated(parameter, annotations)));
    }

    /**
     * Returns what a container knows; nothing where it throws a NullPointerException: ArC for a class with an interface of an absent
     * library, of which there can be no bean, Weld 6 for the parameters of methods of interfaces.
     */
    private static <T> Collection<T> known(Supplier<? extends Collection<T>> described) {
        try {
            return described.get();
        } catch (NullPointerException unknown) {
            return List.of();
        }
    }

    private static boolean isAnnotated(DeclarationInfo declaration, Set<String> annotations) {
        return declaration.hasAnnotation(each -> annotations.contains(each.name()));
    }

    /** Returns whether a bean has a type, with any type arguments, whose name fulfils a condition. */
    static boolean hasType(BeanInfo bean, Predicate<String> type) {
        return bean.types().stream().anyMatch(each -> switch (each.kind()) {
            case CLASS -> type.test(each.asClass().declaration().name());
            case PARAMETERIZED_TYPE ->
                type.test(each.asParameterizedType().declaration().name());
            default -> false;
        });
    }

    /** Returns a method or a constructor as reflection has it; null if the class does not declare it, or there is none. */
    static @Nullable Executable executable(MethodInfo method) {
        Class<?> type = type(method.declaringClass());
        if (type == null) {
            return null;
        }
        for (Executable each : method.isConstructor() ? type.getDeclaredConstructors() : type.getDeclaredMethods()) {
            if (isSame(each, method)) {
                return each;
            }
        }
        return null;
    }

    /** Returns a method, which a class may have inherited, as CDI describes it. */
    static MethodInfo info(Method method, ClassInfo type) {
        String declaring = method.getDeclaringClass().getName();
        return type.methods().stream()
                .filter(each -> each.declaringClass().name().equals(declaring) && isSame(method, each))
                .findFirst()
                .orElseThrow();
    }

    /** Returns whether a method or constructor has the name and the parameters of one of the model. */
    private static boolean isSame(Executable method, MethodInfo info) {
        if (!info.isConstructor() && !method.getName().equals(info.name())
                || method.getParameterCount() != info.parameters().size()) {
            return false;
        }
        for (int i = 0; i < method.getParameterCount(); i++) {
            if (!method.getParameterTypes()[i]
                    .getTypeName()
                    .equals(erasure(info.parameters().get(i).type()))) {
                return false;
            }
        }
        return true;
    }

    private static String erasure(Type type) {
        return switch (type.kind()) {
            case CLASS -> type.asClass().declaration().name();
            case PARAMETERIZED_TYPE -> type.asParameterizedType().declaration().name();
            case ARRAY -> erasure(type.asArray().componentType()) + "[]";
            case TYPE_VARIABLE -> erasure(type.asTypeVariable().bounds().get(0));
            case PRIMITIVE -> type.asPrimitive().name();
            default -> type.toString();
        };
    }

    /** Returns where something is injected. */
    static String location(InjectionPointInfo point) {
        if (point.declaration().isField()) {
            ClassInfo type = point.declaration().asField().declaringClass();
            return type.simpleName() + "#" + point.declaration().asField().name();
        }
        MethodInfo method = point.declaration().asParameter().declaringMethod();
        Executable found = executable(method);
        return found == null
                ? method.name()
                : CodeLocation.ofParameter(
                        found, method.parameters().indexOf(point.declaration().asParameter()));
    }
}
