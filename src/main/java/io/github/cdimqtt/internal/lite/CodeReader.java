package io.github.cdimqtt.internal.lite;

import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.PayloadConverter;
import io.github.cdimqtt.internal.deployment.CodeLocation;
import io.github.cdimqtt.internal.deployment.CodeValidator;
import io.github.cdimqtt.internal.deployment.Discovered;
import io.github.cdimqtt.internal.deployment.FoundObserver;
import io.github.cdimqtt.internal.dispatch.CurrentMessage;
import io.github.cdimqtt.internal.dispatch.ObserverIsolation;
import io.github.cdimqtt.internal.dispatch.ObserverWrapper;
import io.github.cdimqtt.internal.reporting.MessageId;
import io.github.cdimqtt.internal.reporting.Problem;
import jakarta.enterprise.inject.build.compatible.spi.BeanInfo;
import jakarta.enterprise.inject.build.compatible.spi.InvokerFactory;
import jakarta.enterprise.inject.build.compatible.spi.InvokerInfo;
import jakarta.enterprise.invoke.InvokerBuilder;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the code of an application at build: what observes, what is injected, and what is wrong. Confined to one thread. */
final class CodeReader {
    /** Types of beans that may convert a payload to any type. */
    private static final Set<String> CONVERTERS = Set.of(
            PayloadConverter.class.getName(),
            "jakarta.json.bind.Jsonb",
            "jakarta.json.bind.JsonbConfig",
            "com.fasterxml.jackson.databind.ObjectMapper");

    private static final String OF_CDI_MQTT = CodeReader.class.getPackageName() + ".";
    private static final String CONFIG_PROPERTY = "org.eclipse.microprofile.config.inject.ConfigProperty";

    private final ObserverIsolation isolation = new ObserverIsolation();
    private final CurrentMessage currentMessage = new CurrentMessage();
    private final List<ObserverDefinition> observers = new ArrayList<>();
    private final List<InvokerInfo> invokers = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();
    private final List<Discovered.Other> others = new ArrayList<>();
    private final Set<Class<?>> observedEvents = new LinkedHashSet<>();
    private final InjectionPoints injectionPoints = new InjectionPoints();
    private final StrayAnnotations strays = new StrayAnnotations();
    private final Set<Class<?>> beanClasses = new LinkedHashSet<>();
    private @Nullable List<Problem> validated; // null until it was
    private boolean hasConverters;
    private boolean observesRequestScope;

    void annotatedType(Class<?> type) {
        strays.annotatedType(type);
    }

    void bean(BeanInfo bean, InvokerFactory factory) {
        if (bean.declaringClass().name().startsWith(OF_CDI_MQTT)) {
            return;
        }
        bean.injectionPoints().forEach(injectionPoints::announced);
        if (Reflection.hasType(bean, MqttConfig.class.getName()::equals)) {
            injectionPoints.configured(bean);
        }
        if (bean.disposer() != null
                && Reflection.executable(bean.disposer().disposerMethod()) instanceof Method disposer) {
            injectionPoints.disposer(disposer);
        }
        hasConverters |= Reflection.hasType(bean, CONVERTERS::contains);
        Class<?> type = bean.isClassBean() ? Reflection.type(bean.declaringClass()) : null;
        if (type == null) {
            return;
        }
        beanClasses.add(type);
        for (Method method : ObserverMethods.of(type)) {
            if (ObserverMethods.isOfMqtt(method)) {
                observer(method, type, bean, factory);
            } else {
                otherObserver(ObserverMethods.define(method, type, 0), method);
            }
            injectionPoints.parameters(method);
            observesRequestScope |= ObserverMethods.isOfRequestScope(method);
        }
    }

    /** A configuration property is made for its injection point, and an invoker has none. */
    private void properties(Method method) {
        Parameter[] parameters = method.getParameters();
        for (int i = 0; i < parameters.length; i++) {
            if (Stream.of(parameters[i].getAnnotations())
                    .anyMatch(each -> each.annotationType().getName().equals(CONFIG_PROPERTY))) {
                refuse(
                        CodeLocation.ofParameter(method, i),
                        MessageId.NOT_INJECTABLE,
                        "injects no @ConfigProperty into an observer; inject it into the bean");
            }
        }
    }

    /** Reads an observer that the container calls. */
    private void otherObserver(ObserverDefinition definition, Method method) {
        List<Class<?>> events = Discovered.eventsOf(definition.observedType(), definition.qualifiers());
        others.add(new Discovered.Other(
                new InvokerObserver(definition, currentMessage), definition.location(), !events.isEmpty()));
        observedEvents.addAll(events);
        if (!events.isEmpty()) {
            injectionPoints.observed(method);
        }
    }

    private void observer(Method method, Class<?> type, BeanInfo bean, InvokerFactory factory) {
        ObserverDefinition definition = ObserverMethods.define(method, type, observers.size());
        if (Modifier.isPrivate(method.getModifiers())) {
            refuse(definition.location(), MessageId.PRIVATE_OBSERVER, "can't call a private observer; remove private");
        } else if (bean.scope().isNormal()
                && ObserverMethods.isHiddenFrom(type, method)) { // no client proxy overrides it
            refuse(
                    definition.location(),
                    MessageId.PRIVATE_OBSERVER,
                    "can't call it on " + type.getSimpleName()
                            + ", a class of another package; make it protected or public");
        } else if (ObserverMethods.isIfExists(method)) {
            refuse(
                    definition.location(),
                    MessageId.CONDITIONAL_OBSERVER,
                    "has no observers that are called only if there is an instance; remove notifyObserver = IF_EXISTS");
        } else {
            observers.add(definition);
            invokers.add(invoker(method, definition, bean, factory));
            properties(method);
            injectionPoints.observed(method);
        }
    }

    private void refuse(String location, MessageId id, String reason) {
        problems.add(new Problem(id, location + ": this container " + reason));
    }

    private static InvokerInfo invoker(
            Method method, ObserverDefinition definition, BeanInfo bean, InvokerFactory factory) {
        InvokerBuilder<InvokerInfo> invoker = factory.createInvoker(
                        bean, Reflection.info(method, bean.declaringClass()))
                .withInstanceLookup();
        for (int i = 0; i < definition.arguments().size(); i++) {
            if (definition.arguments().get(i).source() == ObserverDefinition.Source.BEAN) {
                invoker.withArgumentLookup(i);
            }
        }
        return invoker.build();
    }

    /** Reports an observer of cdi-mqtt that the container would call by itself. */
    void notTakenOver(String location) {
        refuse(
                location,
                MessageId.OBSERVER_NOT_TAKEN_OVER,
                "would call it by itself, or not at all; move it to a class, not an interface,"
                        + " whose superclasses are all indexed, and observe a type without type variables");
    }

    /** Returns what is to be handed on to the application that runs: no observers if anything is wrong, as none will run. */
    CodeSummary summary() {
        return new CodeSummary(
                problems().isEmpty() ? List.copyOf(observers) : List.of(),
                observedEvents(),
                List.copyOf(injectionPoints.injected()),
                List.copyOf(injectionPoints.named()),
                List.copyOf(injectionPoints.testBrokers()),
                observesRequestScope,
                observers.isEmpty() ? CodeReader.class : observers.get(0).beanClass());
    }

    private List<Class<?>> observedEvents() {
        observers.stream()
                .filter(each -> !each.ofMessages())
                .forEach(each -> observedEvents.addAll(Discovered.eventsOf(each.observedType(), each.qualifiers())));
        return List.copyOf(observedEvents);
    }

    /** Returns what calls each observer. */
    List<InvokerInfo> invokers() {
        return invokers;
    }

    /** Returns the numbers of the observers of each group. */
    Map<ObserverGroup, List<Integer>> groups() {
        Map<ObserverGroup, List<Integer>> groups = new LinkedHashMap<>();
        for (int i = 0; i < observers.size(); i++) {
            groups.computeIfAbsent(ObserverGroup.of(wrapper(observers.get(i))), none -> new ArrayList<>())
                    .add(i);
        }
        return groups;
    }

    /** Returns the names of the connections in the code, whose beans there are. */
    Set<String> brokers() {
        return injectionPoints.brokers();
    }

    private ObserverWrapper<?> wrapper(ObserverDefinition definition) {
        InvokerObserver observer = new InvokerObserver(definition, currentMessage);
        return definition.ofMessages()
                ? LiteApplication.found(definition, observer, isolation, currentMessage)
                        .observer()
                : new ObserverWrapper<>(observer, definition.location(), isolation);
    }

    /** Returns all that is wrong in the code; to be called once all beans are known. */
    List<Problem> problems() {
        List<Problem> known = validated;
        if (known == null) {
            known = validate();
            validated = known;
        }
        return known;
    }

    private List<Problem> validate() {
        List<FoundObserver> ofMessages = observers.stream()
                .filter(ObserverDefinition::ofMessages)
                .map(each -> LiteApplication.found(
                        each, new InvokerObserver(each, currentMessage), isolation, currentMessage))
                .toList();
        List<Discovered.Other> ofEvents = observers.stream()
                .filter(each -> !each.ofMessages())
                .map(each -> new Discovered.Other(wrapper(each), each.location(), true))
                .toList();
        Discovered found = new Discovered(
                ofMessages,
                Stream.concat(ofEvents.stream(), others.stream()).toList(),
                Set.of(),
                observesRequestScope,
                injectionPoints.injected(),
                injectionPoints.named(),
                injectionPoints.strayVariables(),
                injectionPoints.strayMessages(),
                injectionPoints.testBrokers(),
                strays.declared(beanClasses),
                CodeReader.class,
                false);
        List<Problem> all = new ArrayList<>(problems);
        all.addAll(CodeValidator.problems(found, injectionPoints.brokers(), type -> hasConverters));
        return all.stream().distinct().toList();
    }
}
