package io.github.cdimqtt.internal.lite;

import static java.util.stream.Collectors.toUnmodifiableSet;

import io.github.cdimqtt.MqttEvent;
import io.github.cdimqtt.MqttLog;
import io.github.cdimqtt.MqttMessage;
import io.github.cdimqtt.MqttTopic;
import io.github.cdimqtt.TopicParam;
import io.github.cdimqtt.Unmatched;
import io.github.cdimqtt.internal.convert.TypeVariables;
import io.github.cdimqtt.internal.deployment.CodeLocation;
import io.github.cdimqtt.internal.deployment.Discovered;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.enterprise.event.Reception;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.build.compatible.spi.ObserverInfo;
import jakarta.enterprise.inject.spi.EventMetadata;
import jakarta.enterprise.inject.spi.ObserverMethod;
import jakarta.enterprise.lang.model.AnnotationInfo;
import jakarta.inject.Qualifier;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads observer methods from classes, at build. */
final class ObserverMethods {
    private static final Set<String> OF_MQTT = Stream.concat(
                    Stream.of(MqttMessage.class, MqttEvent.class, MqttLog.class),
                    Stream.of(MqttEvent.class.getPermittedSubclasses()))
            .map(Class::getName)
            .collect(toUnmodifiableSet());

    private ObserverMethods() {}

    /** Returns the observer methods of a bean, of any event: its own ones and those that it inherits. */
    static List<Method> of(Class<?> beanClass) {
        return all(beanClass).stream()
                .filter(method -> eventParameter(method) >= 0)
                .toList();
    }

    /** Returns the methods of a class, and those that it inherits and does not override. */
    static Collection<Method> all(Class<?> type) {
        Map<String, Method> bySignature = new LinkedHashMap<>();
        for (Class<?> each = type; each != null && each != Object.class; each = each.getSuperclass()) {
            for (Method method : each.getDeclaredMethods()) {
                if (!method.isBridge() && !method.isSynthetic()) {
                    bySignature.putIfAbsent(overridden(method) + method.getName() + parameters(method, type), method);
                }
            }
        }
        return bySignature.values();
    }

    /** Returns what only methods that override each other have in common. */
    private static String overridden(Method method) {
        int modifiers = method.getModifiers();
        if ((modifiers & (Modifier.PRIVATE | Modifier.STATIC)) != 0) {
            return method.getDeclaringClass().getName();
        }
        return (modifiers & (Modifier.PUBLIC | Modifier.PROTECTED)) != 0
                ? ""
                : method.getDeclaringClass().getPackageName() + "/";
    }

    /** Returns the parameters as a class has them, whose type arguments a method that overrides another may have. */
    private static String parameters(Method method, Class<?> in) {
        Class<?>[] erased = method.getParameterTypes();
        Type[] generic = method.getGenericParameterTypes();
        return IntStream.range(0, erased.length)
                .mapToObj(
                        i -> TypeVariables.resolve(generic[i], in) instanceof Class<?> resolved ? resolved : erased[i])
                .map(Class::getName)
                .collect(Collectors.joining(",", "(", ")"));
    }

    /** Returns whether a method is of a superclass in another package, where no class can override it. */
    static boolean isHiddenFrom(Class<?> type, Method method) {
        return (method.getModifiers() & (Modifier.PUBLIC | Modifier.PROTECTED | Modifier.STATIC)) == 0
                && !method.getDeclaringClass().getPackageName().equals(type.getPackageName());
    }

    /** Returns the position of the parameter that is observed; -1 if there is none. */
    static int eventParameter(Method method) {
        Parameter[] parameters = method.getParameters();
        for (int i = 0; i < parameters.length; i++) {
            if (parameters[i].isAnnotationPresent(Observes.class)
                    || parameters[i].isAnnotationPresent(ObservesAsync.class)) {
                return i;
            }
        }
        return -1;
    }

    /** Returns whether it observes events of cdi-mqtt alone. */
    static boolean isOfMqtt(Method method) {
        return isOfMessages(method) || isOfMqttEvents(method);
    }

    static boolean isOfMessages(Method method) {
        Parameter event = method.getParameters()[eventParameter(method)];
        return event.getType() == MqttMessage.class
                || event.getAnnotationsByType(MqttTopic.class).length > 0
                || event.isAnnotationPresent(Unmatched.class);
    }

    /** Returns whether an observer of the container observes messages or other events of cdi-mqtt. */
    static boolean isOfMqtt(ObserverInfo observer) {
        return observer.qualifiers().stream()
                        .map(AnnotationInfo::name)
                        .anyMatch(each -> each.equals(MqttTopic.class.getName())
                                || each.equals(MqttTopic.List.class.getName())
                                || each.equals(Unmatched.class.getName()))
                || observer.eventType().isClass()
                        && OF_MQTT.contains(
                                observer.eventType().asClass().declaration().name());
    }

    private static boolean isOfMqttEvents(Method method) {
        Class<?> type = method.getParameterTypes()[eventParameter(method)];
        return MqttEvent.class.isAssignableFrom(type) || type == MqttLog.class;
    }

    /** Returns whether it is told that a request scope begins or ends. */
    static boolean isOfRequestScope(Method method) {
        Parameter event = method.getParameters()[eventParameter(method)];
        return Discovered.observesRequestScope(event.getType(), qualifiers(event));
    }

    /** Returns whether it is called for an instance that exists, and no other. */
    static boolean isIfExists(Method method) {
        Parameter event = method.getParameters()[eventParameter(method)];
        Observes sync = event.getAnnotation(Observes.class);
        ObservesAsync async = event.getAnnotation(ObservesAsync.class);
        return (sync == null ? async.notifyObserver() : sync.notifyObserver()) == Reception.IF_EXISTS;
    }

    static Set<Annotation> qualifiers(Parameter event) {
        return Stream.concat(
                        Stream.of(event.getAnnotations())
                                .filter(each -> each.annotationType().isAnnotationPresent(Qualifier.class)),
                        Stream.of(event.getAnnotationsByType(MqttTopic.class)))
                .collect(toUnmodifiableSet());
    }

    /**
     * Defines an observer method of events of cdi-mqtt, as a bean has it.
     *
     * @param number the priority of an async observer, which has none: it keeps those apart that may run at the same time
     */
    static ObserverDefinition define(Method method, Class<?> beanClass, int number) {
        int position = eventParameter(method);
        Parameter event = method.getParameters()[position];
        Observes sync = event.getAnnotation(Observes.class);
        Set<Annotation> qualifiers = qualifiers(event);
        return new ObserverDefinition(
                beanClass,
                CodeLocation.of(method),
                isOfMessages(method),
                TypeVariables.resolve(event.getParameterizedType(), beanClass),
                qualifiers,
                qualifiers.stream().anyMatch(Discovered::isForeign),
                event.isAnnotationPresent(Any.class),
                sync == null,
                sync == null ? number : priority(event),
                sync == null ? TransactionPhase.IN_PROGRESS : sync.during(),
                arguments(method, position, beanClass));
    }

    private static int priority(Parameter event) {
        Priority priority = event.getAnnotation(Priority.class);
        return priority == null ? ObserverMethod.DEFAULT_PRIORITY : priority.value();
    }

    private static List<ObserverDefinition.Argument> arguments(Method method, int event, Class<?> beanClass) {
        Parameter[] parameters = method.getParameters();
        List<ObserverDefinition.Argument> arguments = new ArrayList<>();
        for (int i = 0; i < parameters.length; i++) {
            TopicParam param = parameters[i].getAnnotation(TopicParam.class);
            Type type = TypeVariables.resolve(parameters[i].getParameterizedType(), beanClass);
            arguments.add(new ObserverDefinition.Argument(
                    i == event ? ObserverDefinition.Source.EVENT : source(type, param),
                    CodeLocation.ofParameter(method, i),
                    param == null ? null : param.value(),
                    type));
        }
        return List.copyOf(arguments);
    }

    /** A variable or a message in an observer of other events is a problem; the container is not to look for a bean. */
    private static ObserverDefinition.Source source(Type type, @Nullable TopicParam param) {
        if (param != null) {
            return ObserverDefinition.Source.VARIABLE;
        } else if (type == EventMetadata.class) {
            return ObserverDefinition.Source.METADATA;
        }
        return type == MqttMessage.class ? ObserverDefinition.Source.MESSAGE : ObserverDefinition.Source.BEAN;
    }
}
