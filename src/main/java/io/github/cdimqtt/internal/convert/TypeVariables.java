package io.github.cdimqtt.internal.convert;

import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.List;
import java.util.stream.Stream;

/** Resolves type variables of a generic base class in a class that extends it: Weld does not resolve those of parameters. */
public final class TypeVariables {

    private TypeVariables() {}

    /** Returns the type argument of a type variable in a class; any other type, and an open variable, as it is. */
    public static Type resolve(Type type, Class<?> in) {
        if (type instanceof TypeVariable<?> variable) {
            for (Class<?> each = in; each != null; each = each.getSuperclass()) {
                if (each.getSuperclass() == variable.getGenericDeclaration()
                        && each.getGenericSuperclass() instanceof ParameterizedType base) {
                    int index =
                            List.of(each.getSuperclass().getTypeParameters()).indexOf(variable);
                    return resolve(base.getActualTypeArguments()[index], in);
                }
            }
        }
        return type;
    }

    /** Returns whether a type is or has a type variable. */
    public static boolean isOpen(Type type) {
        if (type instanceof ParameterizedType generic) {
            return Stream.of(generic.getActualTypeArguments()).anyMatch(TypeVariables::isOpen);
        }
        return type instanceof TypeVariable
                || type instanceof GenericArrayType array && isOpen(array.getGenericComponentType());
    }
}
