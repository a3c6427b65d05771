package io.github.cdimqtt.internal.deployment;

import io.github.cdimqtt.MqttTopic;
import io.github.cdimqtt.TopicParam;
import io.github.cdimqtt.Unmatched;
import io.github.cdimqtt.internal.reporting.MessageId;
import io.github.cdimqtt.internal.reporting.Problems;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.spi.Annotated;
import jakarta.enterprise.inject.spi.AnnotatedConstructor;
import jakarta.enterprise.inject.spi.AnnotatedField;
import jakarta.enterprise.inject.spi.AnnotatedMethod;
import jakarta.enterprise.inject.spi.AnnotatedType;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.inject.Inject;
import java.lang.reflect.Modifier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds annotations of cdi-mqtt that have no effect: without {@code @Observes}, or in a class that can be no bean. */
final class StrayAnnotationValidator {
    private StrayAnnotationValidator() {}

    /** Validates all classes with annotations of cdi-mqtt. */
    static void validate(Discovered found, Problems problems) {
        for (AnnotatedType<?> type : found.annotated()) {
            if (found.beanClasses().contains(type.getJavaClass())) {
                type.getMethods().forEach(method -> validateMethod(method, problems));
                type.getFields().forEach(field -> validateField(field, problems));
            } else {
                validateNoBean(type, problems);
            }
        }
    }

    private static void validateMethod(AnnotatedMethod<?> method, Problems problems) {
        if (isObserver(method) || isCalledByTheContainer(method)) {
            return; // the container validates what is injected
        }
        String name = method.getParameters().stream()
                .map(StrayAnnotationValidator::ofMessages)
                .filter(each -> each != null)
                .findFirst()
                .orElse(null);
        if (name != null) {
            problems.add(
                    MessageId.NEVER_CALLED,
                    CodeLocation.of(method) + ": " + name + " stands without @Observes; write @Observes " + name);
            return;
        }
        method.getParameters().stream()
                .filter(parameter -> parameter.isAnnotationPresent(TopicParam.class))
                .forEach(parameter -> problems.add(
                        MessageId.STRAY_INJECTION,
                        CodeLocation.of(parameter)
                                + ": @TopicParam has a value only in an observer of messages; move it to one"));
    }

    private static void validateField(AnnotatedField<?> field, Problems problems) {
        String name = ofMessages(field);
        if (name != null && !field.isAnnotationPresent(Inject.class)) {
            problems.add(
                    MessageId.NEVER_CALLED,
                    CodeLocation.of(field) + ": " + name
                            + " on a field subscribes to nothing; write a method with a parameter"
                            + " that has @Observes " + name);
        }
    }

    /** Reports nothing that may be no bean on purpose. */
    private static void validateNoBean(AnnotatedType<?> type, Problems problems) {
        Class<?> java = type.getJavaClass();
        if (Modifier.isAbstract(java.getModifiers())
                || Extension.class.isAssignableFrom(java)
                || type.isAnnotationPresent(Alternative.class)
                || type.getMethods().stream().noneMatch(StrayAnnotationValidator::isObserver)) {
            return;
        }
        String reason = whyNoBean(type);
        if (reason != null) {
            problems.add(
                    MessageId.NO_BEAN,
                    java.getSimpleName() + ": it is no bean, so its observers are never called: " + reason);
        }
    }

    private static @Nullable String whyNoBean(AnnotatedType<?> type) {
        Class<?> java = type.getJavaClass();
        if (java.getEnclosingClass() != null && !Modifier.isStatic(java.getModifiers())) {
            return "it is an inner class; make it static, or a class of its own";
        }
        boolean canBeMade = type.getConstructors().stream()
                .anyMatch(each -> each.getParameters().isEmpty() || isInjected(each));
        return canBeMade || type.getConstructors().isEmpty()
                ? null
                : "it has no constructor that is without parameters or has @Inject; add one";
    }

    private static boolean isInjected(AnnotatedConstructor<?> constructor) {
        return constructor.isAnnotationPresent(Inject.class);
    }

    private static boolean isObserver(AnnotatedMethod<?> method) {
        return method.getParameters().stream().anyMatch(FoundObserver::isObserved);
    }

    private static boolean isCalledByTheContainer(AnnotatedMethod<?> method) {
        return method.isAnnotationPresent(Inject.class)
                || method.isAnnotationPresent(Produces.class)
                || method.getParameters().stream().anyMatch(each -> each.isAnnotationPresent(Disposes.class));
    }

    /** Returns the annotation that selects messages; null if there is none, or it is on an {@code Event} to fire. */
    private static @Nullable String ofMessages(Annotated annotated) {
        if (annotated.getBaseType().getTypeName().startsWith(Event.class.getName())) {
            return null;
        }
        return Stream.of(MqttTopic.class, MqttTopic.List.class, Unmatched.class)
                .filter(annotated::isAnnotationPresent)
                .map(found -> found == Unmatched.class ? "@Unmatched" : "@MqttTopic")
                .findFirst()
                .orElse(null);
    }
}
