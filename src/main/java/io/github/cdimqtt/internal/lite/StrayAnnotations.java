package io.github.cdimqtt.internal.lite;

import io.github.cdimqtt.MqttTopic;
import io.github.cdimqtt.TopicParam;
import io.github.cdimqtt.Unmatched;
import io.github.cdimqtt.internal.deployment.CodeLocation;
import io.github.cdimqtt.internal.deployment.DeclaredClass;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.Vetoed;
import jakarta.inject.Inject;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Classes with annotations of cdi-mqtt, which may have no effect there, at build. Confined to one thread. */
final class StrayAnnotations {
    private final Set<Class<?>> annotated = new LinkedHashSet<>();

    /** Records a class with annotations of cdi-mqtt. */
    void annotatedType(Class<?> type) {
        if (!type.isAnnotationPresent(Vetoed.class)) {
            annotated.add(type);
        }
    }

    /** Returns the classes that were recorded. */
    List<DeclaredClass> declared(Set<Class<?>> beanClasses) {
        return annotated.stream()
                .map(type -> declared(type, beanClasses.contains(type)))
                .toList();
    }

    private static DeclaredClass declared(Class<?> type, boolean isBean) {
        return new DeclaredClass(
                type.getSimpleName(),
                isBean,
                Modifier.isAbstract(type.getModifiers()) || type.isAnnotationPresent(Alternative.class),
                type.getEnclosingClass() != null && !Modifier.isStatic(type.getModifiers()),
                type.getDeclaredConstructors().length == 1
                        || Stream.of(type.getDeclaredConstructors()).anyMatch(StrayAnnotations::canBeCalled),
                ObserverMethods.all(type).stream()
                        .map(StrayAnnotations::declared)
                        .toList(),
                Stream.of(type.getDeclaredFields())
                        .map(field -> new DeclaredClass.Field(
                                CodeLocation.of(field),
                                field.getType() == Event.class ? null : selector(field),
                                field.isAnnotationPresent(Inject.class)))
                        .toList());
    }

    private static boolean canBeCalled(Constructor<?> constructor) {
        return constructor.getParameterCount() == 0 || constructor.isAnnotationPresent(Inject.class);
    }

    private static DeclaredClass.Method declared(Method method) {
        Parameter[] parameters = method.getParameters();
        return new DeclaredClass.Method(
                CodeLocation.of(method),
                ObserverMethods.eventParameter(method) >= 0,
                method.isAnnotationPresent(Inject.class)
                        || method.isAnnotationPresent(Produces.class)
                        || Stream.of(parameters).anyMatch(each -> each.isAnnotationPresent(Disposes.class)),
                IntStream.range(0, parameters.length)
                        .mapToObj(i -> new DeclaredClass.Parameter(
                                CodeLocation.ofParameter(method, i),
                                parameters[i].getType() == Event.class ? null : selector(parameters[i]),
                                parameters[i].isAnnotationPresent(TopicParam.class)))
                        .toList());
    }

    private static @Nullable String selector(AnnotatedElement element) {
        if (element.isAnnotationPresent(Unmatched.class)) {
            return "@Unmatched";
        }
        return element.getAnnotationsByType(MqttTopic.class).length > 0 ? "@MqttTopic" : null;
    }
}
