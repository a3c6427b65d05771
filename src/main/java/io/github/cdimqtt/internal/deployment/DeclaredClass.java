package io.github.cdimqtt.internal.deployment;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A class with annotations of cdi-mqtt, as far as they may have no effect. Immutable.
 *
 * @param name its simple name
 * @param isBean whether it has a bean
 * @param mayBeNone whether it may have none on purpose, as an abstract class
 * @param isInner whether it has an enclosing instance
 * @param canBeMade whether it has a constructor that the container can call
 */
public record DeclaredClass(
        String name,
        boolean isBean,
        boolean mayBeNone,
        boolean isInner,
        boolean canBeMade,
        List<Method> methods,
        List<Field> fields) {

    /**
     * A method.
     *
     * @param isObserver whether a parameter is observed
     * @param isInjected whether the container calls it for another reason, and validates its parameters
     */
    public record Method(String location, boolean isObserver, boolean isInjected, List<Parameter> parameters) {}

    /**
     * A parameter of a method.
     *
     * @param selector the annotation on it that selects messages, as it is written; null if there is none, or it is on an
     *     {@code Event} to fire
     * @param isVariable whether it has {@code @TopicParam}
     */
    public record Parameter(String location, @Nullable String selector, boolean isVariable) {}

    /**
     * A field.
     *
     * @param selector as that of a parameter
     * @param isInjected whether it has {@code @Inject}
     */
    public record Field(String location, @Nullable String selector, boolean isInjected) {}
}
