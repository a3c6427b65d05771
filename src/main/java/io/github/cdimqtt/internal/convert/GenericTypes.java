package io.github.cdimqtt.internal.convert;

import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Types that no declaration has, each equal to the one of the JDK, as {@link ParameterizedType} asks for. */
public final class GenericTypes {
    private GenericTypes() {}

    /** Returns a class or interface with type arguments. */
    public static ParameterizedType of(Class<?> raw, List<Type> arguments) {
        return new Generic(raw, List.copyOf(arguments));
    }

    /** Returns the array of a generic type, or that of a class. */
    public static Type arrayOf(Type component) {
        return component instanceof Class<?> type ? type.arrayType() : new ArrayOf(component);
    }

    /** Returns the wildcard that extends a type or, unless {@code lower} is null, that such a type extends. */
    public static WildcardType wildcard(Type upper, @Nullable Type lower) {
        return new Wildcard(upper, lower);
    }

    private record Generic(Class<?> raw, List<Type> arguments) implements ParameterizedType {
        @Override
        public Type getRawType() {
            return raw;
        }

        @Override
        public @Nullable Type getOwnerType() {
            return raw.getDeclaringClass();
        }

        @Override
        public Type[] getActualTypeArguments() {
            return arguments.toArray(Type[]::new);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof ParameterizedType same
                    && raw.equals(same.getRawType())
                    && Objects.equals(getOwnerType(), same.getOwnerType())
                    && arguments.equals(List.of(same.getActualTypeArguments()));
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(getActualTypeArguments()) ^ Objects.hashCode(getOwnerType()) ^ raw.hashCode();
        }

        @Override
        public String toString() {
            return raw.getTypeName()
                    + arguments.stream().map(Type::getTypeName).collect(Collectors.joining(", ", "<", ">"));
        }
    }

    private record ArrayOf(Type component) implements GenericArrayType {
        @Override
        public Type getGenericComponentType() {
            return component;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof GenericArrayType same && component.equals(same.getGenericComponentType());
        }

        @Override
        public int hashCode() {
            return component.hashCode();
        }

        @Override
        public String toString() {
            return component.getTypeName() + "[]";
        }
    }

    private record Wildcard(Type upper, @Nullable Type lower) implements WildcardType {
        @Override
        public Type[] getUpperBounds() {
            return new Type[] {upper};
        }

        @Override
        public Type[] getLowerBounds() {
            return lower == null ? new Type[0] : new Type[] {lower};
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof WildcardType same
                    && Arrays.equals(getUpperBounds(), same.getUpperBounds())
                    && Arrays.equals(getLowerBounds(), same.getLowerBounds());
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(getLowerBounds()) ^ Arrays.hashCode(getUpperBounds());
        }

        @Override
        public String toString() {
            if (lower != null) {
                return "? super " + lower.getTypeName();
            }
            return upper == Object.class ? "?" : "? extends " + upper.getTypeName();
        }
    }
}
