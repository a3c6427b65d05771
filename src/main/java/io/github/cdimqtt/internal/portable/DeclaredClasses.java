package io.github.cdimqtt.internal.portable;

import io.github.cdimqtt.MqttTopic;
import io.github.cdimqtt.TopicParam;
import io.github.cdimqtt.Unmatched;
import io.github.cdimqtt.internal.deployment.CodeLocation;
import io.github.cdimqtt.internal.deployment.DeclaredClass;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.spi.Annotated;
import jakarta.enterprise.inject.spi.AnnotatedConstructor;
import jakarta.enterprise.inject.spi.AnnotatedMethod;
import jakarta.enterprise.inject.spi.AnnotatedParameter;
import jakarta.enterprise.inject.spi.AnnotatedType;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.inject.Inject;
import java.lang.reflect.Modifier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Describes classes with annotations of cdi-mqtt, as the container and other extensions see them. */
final class DeclaredClasses {
    private DeclaredClasses() {}

    static DeclaredClass of(AnnotatedType<?> type, boolean isBean) {
        Class<?> java = type.getJavaClass();
        return new DeclaredClass(
                java.getSimpleName(),
                isBean,
                Modifier.isAbstract(java.getModifiers())
                        || Extension.class.isAssignableFrom(java)
                        || type.isAnnotationPresent(Alternative.class),
                java.getEnclosingClass() != null && !Modifier.isStatic(java.getModifiers()),
                type.getConstructors().isEmpty()
                        || type.getConstructors().stream().anyMatch(DeclaredClasses::canBeCalled),
                type.getMethods().stream().map(DeclaredClasses::of).toList(),
                type.getFields().stream()
                        .map(field -> new DeclaredClass.Field(
                                CodeLocation.of(field.getJavaMember()),
                                selector(field),
                                field.isAnnotationPresent(Inject.class)))
                        .toList());
    }

    private static boolean canBeCalled(AnnotatedConstructor<?> constructor) {
        return constructor.getParameters().isEmpty() || constructor.isAnnotationPresent(Inject.class);
    }

    private static DeclaredClass.Method of(AnnotatedMethod<?> method) {
        return new DeclaredClass.Method(
                CodeLocation.of(method.getJavaMember()),
                method.getParameters().stream().anyMatch(ObserverParameters::isObserved),
                method.isAnnotationPresent(Inject.class)
                        || method.isAnnotationPresent(Produces.class)
                        || method.getParameters().stream().anyMatch(each -> each.isAnnotationPresent(Disposes.class)),
                method.getParameters().stream().map(DeclaredClasses::of).toList());
    }

    private static DeclaredClass.Parameter of(AnnotatedParameter<?> parameter) {
        return new DeclaredClass.Parameter(
                Locations.of(parameter), selector(parameter), parameter.isAnnotationPresent(TopicParam.class));
    }

    private static @Nullable String selector(Annotated annotated) {
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
