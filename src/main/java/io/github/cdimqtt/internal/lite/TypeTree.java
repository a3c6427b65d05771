package io.github.cdimqtt.internal.lite;

import io.github.cdimqtt.internal.convert.GenericTypes;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A type as it is handed on from the build: its classes, and how they go together, in prefix notation. Immutable.
 *
 * @param classes in the order of the nodes
 * @param nodes separated by spaces: {@code c} is a class; {@code pN} a class with N arguments, which follow; {@code a} an array of
 *     what follows; {@code ?} a wildcard that extends it, and {@code !} one that it extends
 */
record TypeTree(List<Class<?>> classes, String nodes) {

    static TypeTree of(Type type) {
        List<Class<?>> classes = new ArrayList<>();
        List<String> nodes = new ArrayList<>();
        write(type, classes, nodes);
        return new TypeTree(List.copyOf(classes), String.join(" ", nodes));
    }

    private static void write(Type type, List<Class<?>> classes, List<String> nodes) {
        if (type instanceof Class<?> c && c.isArray()) { // ArC hands on no class of an array
            nodes.add("a");
            write(c.componentType(), classes, nodes);
        } else if (type instanceof Class<?> c) {
            nodes.add("c");
            classes.add(c);
        } else if (type instanceof ParameterizedType generic) {
            nodes.add("p" + generic.getActualTypeArguments().length);
            classes.add((Class<?>) generic.getRawType());
            Stream.of(generic.getActualTypeArguments()).forEach(argument -> write(argument, classes, nodes));
        } else if (type instanceof GenericArrayType array) {
            nodes.add("a");
            write(array.getGenericComponentType(), classes, nodes);
        } else if (type instanceof WildcardType wildcard) {
            boolean lower = wildcard.getLowerBounds().length > 0;
            nodes.add(lower ? "!" : "?");
            write(lower ? wildcard.getLowerBounds()[0] : wildcard.getUpperBounds()[0], classes, nodes);
        } else {
            throw new IllegalArgumentException("a type variable stands for no type: " + type);
        }
    }

    Type type() {
        return read(classes.iterator(), Arrays.asList(nodes.split(" ")).iterator());
    }

    private static Type read(Iterator<Class<?>> classes, Iterator<String> nodes) {
        String node = nodes.next();
        return switch (node.charAt(0)) {
            case 'c' -> classes.next();
            case 'p' -> generic(Integer.parseInt(node.substring(1)), classes, nodes);
            case 'a' -> GenericTypes.arrayOf(read(classes, nodes));
            case '?' -> GenericTypes.wildcard(read(classes, nodes), null);
            default -> GenericTypes.wildcard(Object.class, read(classes, nodes));
        };
    }

    private static Type generic(int size, Iterator<Class<?>> classes, Iterator<String> nodes) {
        Class<?> raw = classes.next();
        return GenericTypes.of(
                raw, Stream.generate(() -> read(classes, nodes)).limit(size).toList());
    }
}
