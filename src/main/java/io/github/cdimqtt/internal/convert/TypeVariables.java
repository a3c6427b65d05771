package io.github.cdimqtt.internal.convert;

import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.List;
import java.util.stream.Stream;

/** Resolves type variables of a generic base class in a class that extends it: Weld does not resolve those of parameters. */
public final class TypeVariables {

    private TypeVariables() {}

    /** Returns a type with the type arguments that its variables have in a class; an open variable stays as it is. */
    public static Type resolve(Type type, Class<?> in) {
        if (type instanceof TypeVariable<?> variable) {
            return argument(variable, in);
        } else if (!isOpen(type)) {
            return type;
        } else if (type instanceof GenericArrayType array) {
            return GenericTypes.arrayOf(resolve(array.getGenericComponentType(), in));
        } else if (type instanceof WildcardType wildcard) {
            Type[] lower = wildcard.getLowerBounds();
            return GenericTypes.wildcard(
                    resolve(wildcard.getUpperBounds()[0], in), lower.length == 0 ? null : resolve(lower[0], in));
        }
        ParameterizedType generic = (ParameterizedType) type;
        return GenericTypes.of(
                (Class<?>) generic.getRawType(),
                Stream.of(generic.getActualTypeArguments())
                        .map(each -> resolve(each, in))
                        .toList());
    }

    private static Type argument(TypeVariable<?> variable, Class<?> in) {
        for (Class<?> each = in; each != null; each = each.getSuperclass()) {
            if (each.getSuperclass() == variable.getGenericDeclaration()
                    && each.getGenericSuperclass() instanceof ParameterizedType base) {
                int index = List.of(each.getSuperclass().getTypeParameters()).indexOf(variable);
                return resolve(base.getActualTypeArguments()[index], in);
            }
        }
        return variable;
    }

    /** Returns whether a type is or has a type variable. */
    public static boolean isOpen(Type type) {
        if (type instanceof ParameterizedType generic) {
            return areOpen(generic.getActualTypeArguments());
        } else if (type instanceof WildcardType wildcard) {
            return areOpen(wildcard.getUpperBounds()) || areOpen(wildcard.getLowerBounds());
        }
        return type instanceof TypeVariable
                || type instanceof GenericArrayType array && isOpen(array.getGenericComponentType());
    }

    private static boolean areOpen(Type... types) {
        return Stream.of(types).anyMatch(TypeVariables::isOpen);
    }
}
