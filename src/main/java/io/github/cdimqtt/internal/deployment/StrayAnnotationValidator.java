package io.github.cdimqtt.internal.deployment;

import io.github.cdimqtt.internal.reporting.MessageId;
import io.github.cdimqtt.internal.reporting.Problems;
import org.jspecify.annotations.Nullable;

/** Finds annotations of cdi-mqtt that have no effect: without {@code @Observes}, or in a class that can be no bean. */
final class StrayAnnotationValidator {
    private StrayAnnotationValidator() {}

    /** Validates all classes with annotations of cdi-mqtt. */
    static void validate(Discovered found, Problems problems) {
        for (DeclaredClass type : found.declared()) {
            if (type.isBean()) {
                type.methods().forEach(method -> validateMethod(method, problems));
                type.fields().forEach(field -> validateField(field, problems));
            } else {
                validateNoBean(type, problems);
            }
        }
    }

    private static void validateMethod(DeclaredClass.Method method, Problems problems) {
        if (method.isObserver() || method.isInjected()) {
            return; // the container validates what is injected
        }
        String name = method.parameters().stream()
                .map(DeclaredClass.Parameter::selector)
                .filter(each -> each != null)
                .findFirst()
                .orElse(null);
        if (name != null) {
            problems.add(
                    MessageId.NEVER_CALLED,
                    method.location() + ": " + name + " stands without @Observes; write @Observes " + name);
            return;
        }
        method.parameters().stream()
                .filter(DeclaredClass.Parameter::isVariable)
                .forEach(parameter -> problems.add(
                        MessageId.STRAY_INJECTION,
                        parameter.location()
                                + ": @TopicParam has a value only in an observer of messages; move it to one"));
    }

    private static void validateField(DeclaredClass.Field field, Problems problems) {
        if (field.selector() != null && !field.isInjected()) {
            problems.add(
                    MessageId.NEVER_CALLED,
                    field.location() + ": " + field.selector()
                            + " on a field subscribes to nothing; write a method with a parameter"
                            + " that has @Observes " + field.selector());
        }
    }

    /** Reports nothing that may be no bean on purpose. */
    private static void validateNoBean(DeclaredClass type, Problems problems) {
        if (type.mayBeNone() || type.methods().stream().noneMatch(DeclaredClass.Method::isObserver)) {
            return;
        }
        String reason = whyNoBean(type);
        if (reason != null) {
            problems.add(
                    MessageId.NO_BEAN, type.name() + ": it is no bean, so its observers are never called: " + reason);
        }
    }

    private static @Nullable String whyNoBean(DeclaredClass type) {
        if (type.isInner()) {
            return "it is an inner class; make it static, or a class of its own";
        }
        return type.canBeMade() ? null : "it has no constructor that is without parameters or has @Inject; add one";
    }
}
