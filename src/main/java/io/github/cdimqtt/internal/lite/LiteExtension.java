package io.github.cdimqtt.internal.lite;

import io.github.cdimqtt.Mqtt;
import io.github.cdimqtt.MqttBroker;
import io.github.cdimqtt.MqttTopic;
import io.github.cdimqtt.TopicParam;
import io.github.cdimqtt.Unmatched;
import io.github.cdimqtt.extension.MqttExtension;
import io.github.cdimqtt.internal.deployment.CodeLocation;
import io.github.cdimqtt.internal.observability.HealthChecks;
import io.github.cdimqtt.internal.reporting.MessageId;
import io.github.cdimqtt.internal.reporting.Problem;
import io.github.cdimqtt.testing.MqttTestBroker;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.enterprise.inject.Default;
import jakarta.enterprise.inject.build.compatible.spi.BeanInfo;
import jakarta.enterprise.inject.build.compatible.spi.BuildCompatibleExtension;
import jakarta.enterprise.inject.build.compatible.spi.ClassConfig;
import jakarta.enterprise.inject.build.compatible.spi.Discovery;
import jakarta.enterprise.inject.build.compatible.spi.Enhancement;
import jakarta.enterprise.inject.build.compatible.spi.InvokerFactory;
import jakarta.enterprise.inject.build.compatible.spi.Messages;
import jakarta.enterprise.inject.build.compatible.spi.MetaAnnotations;
import jakarta.enterprise.inject.build.compatible.spi.MethodConfig;
import jakarta.enterprise.inject.build.compatible.spi.ObserverInfo;
import jakarta.enterprise.inject.build.compatible.spi.ParameterConfig;
import jakarta.enterprise.inject.build.compatible.spi.Registration;
import jakarta.enterprise.inject.build.compatible.spi.ScannedClasses;
import jakarta.enterprise.inject.build.compatible.spi.SkipIfPortableExtensionPresent;
import jakarta.enterprise.inject.build.compatible.spi.Synthesis;
import jakarta.enterprise.inject.build.compatible.spi.SyntheticBeanBuilder;
import jakarta.enterprise.inject.build.compatible.spi.SyntheticComponents;
import jakarta.enterprise.inject.build.compatible.spi.SyntheticObserverBuilder;
import jakarta.enterprise.inject.literal.NamedLiteral;
import jakarta.enterprise.lang.model.declarations.ClassInfo;
import jakarta.inject.Singleton;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The build compatible extension: takes the observers of events of cdi-mqtt over from the container, hands them on to the
 * application that runs, and fails the build where the code is wrong.
 *
 * <p>Confined to the container's thread.
 */
@SkipIfPortableExtensionPresent(MqttExtension.class)
public final class LiteExtension implements BuildCompatibleExtension {
    private static final Set<String> OBSERVERS = Set.of(Observes.class.getName(), ObservesAsync.class.getName());

    private static final Set<String> ANNOTATIONS = Stream.of(
                    MqttTopic.class, MqttTopic.List.class, Unmatched.class, TopicParam.class, MqttBroker.class)
            .map(Class::getName)
            .collect(Collectors.toUnmodifiableSet());

    private final CodeReader code = new CodeReader();

    /** What is not announced as a bean or an annotation otherwise. */
    @Discovery
    public void discover(ScannedClasses classes, MetaAnnotations annotations) {
        annotations.addStereotype(Observing.class);
        ANNOTATIONS.forEach(classes::add);
        classes.add(LiteLifecycle.class.getName());
        Kept.ofPresentLibraries().forEach(classes::add);
    }

    /**
     * Takes over the observers of events of cdi-mqtt, so that the container does not call them: nothing else can take their place.
     * Every class is looked at, as a container that filters them by annotations looks for those that only compilers have.
     */
    @Enhancement(types = Object.class, withSubtypes = true)
    public void enhance(ClassConfig type) {
        if (isOfMqtt(type.info())) {
            collectType(type.info());
        }
        if (Reflection.isAnnotated(type.info(), OBSERVERS)) {
            takeOver(type);
        }
    }

    /** Returns whether a class has annotations of cdi-mqtt. */
    private static boolean isOfMqtt(ClassInfo type) {
        return Reflection.isAnnotated(type, ANNOTATIONS);
    }

    private void takeOver(ClassConfig type) {
        boolean isObserver = false;
        for (MethodConfig method : type.methods()) {
            if (Reflection.executable(method.info()) instanceof Method read
                    && ObserverMethods.eventParameter(read) >= 0
                    && ObserverMethods.isOfMqtt(read)) {
                if (read.getDeclaringClass().isInterface()) {
                    code.notTakenOver(CodeLocation.of(read));
                }
                ParameterConfig event = method.parameters().get(ObserverMethods.eventParameter(read));
                event.removeAnnotation(each -> OBSERVERS.contains(each.name()));
                isObserver = true;
            }
        }
        if (isObserver) {
            type.addAnnotation(Observing.class);
        }
    }

    private void collectType(ClassInfo type) {
        Class<?> read = Reflection.type(type);
        if (read != null) { // or it can be no bean
            code.annotatedType(read);
        }
    }

    @Registration(types = Object.class)
    public void collectBeans(BeanInfo bean, InvokerFactory invokers) {
        if (bean.isClassBean() && isOfMqtt(bean.declaringClass()) && Reflection.type(bean.declaringClass()) == null) {
            throw new IllegalStateException(bean.declaringClass().name()
                    + " has annotations of cdi-mqtt, and can't be loaded at build; add the libraries that it needs");
        }
        code.bean(bean, invokers);
    }

    /** Finds those that the container has kept, as it did not know their class. */
    @Registration(types = Object.class)
    public void collectObservers(ObserverInfo observer) {
        if (observer.eventParameter() != null && ObserverMethods.isOfMqtt(observer)) {
            code.notTakenOver(observer.declaringClass().simpleName() + "#"
                    + observer.observerMethod().name());
        }
    }

    @Synthesis
    public void register(SyntheticComponents components, Messages messages) {
        report(code.problems(), messages);
        SyntheticBeanBuilder<LiteApplication> application = components
                .addBean(LiteApplication.class)
                .type(LiteApplication.class)
                .scope(Singleton.class)
                .createWith(LiteApplication.Creator.class)
                .disposeWith(LiteApplication.Disposer.class);
        CodeSummary summary = code.summary();
        Handover.write(summary, application);
        List<List<ObserverDefinition>> parts = Handover.parts(summary.observers());
        for (int i = 0; i < parts.size(); i++) {
            Handover.writeObservers(
                    parts.get(i),
                    components
                            .addBean(ObserverDefinitions.class)
                            .type(ObserverDefinitions.class)
                            .name(ObserverDefinitions.name(i))
                            .qualifier(NamedLiteral.of(ObserverDefinitions.name(i)))
                            .scope(Singleton.class)
                            .createWith(ObserverDefinitions.Creator.class));
        }
        if (code.problems().isEmpty()) {
            code.groups().forEach((group, members) -> register(components, group, members));
        }
        for (String broker : code.brokers()) {
            register(components, broker);
        }
    }

    @SuppressWarnings("unchecked") // MqttMessage, or an event, which is a class
    private void register(SyntheticComponents components, ObserverGroup group, List<Integer> members) {
        SyntheticObserverBuilder<Object> observer = components.addObserver((Class<Object>) group.observedType());
        group.qualifiers().forEach(observer::qualifier);
        members.forEach(number -> observer.withParam(
                GroupObserver.invoker(number), code.invokers().get(number)));
        observer.declaringClass(group.beanClass())
                .async(group.async())
                .priority(group.priority())
                .transactionPhase(group.phase())
                .observeWith(GroupObserver.class)
                .withParam(
                        GroupObserver.MEMBERS,
                        members.stream().mapToInt(Integer::intValue).toArray());
    }

    /** A container that finds no bean for a stray parameter reports that alone, unless this comes first. */
    private static void report(List<Problem> problems, Messages messages) {
        if (problems.stream().anyMatch(each -> each.id() == MessageId.STRAY_INJECTION)) {
            throw LiteApplication.exception(problems);
        }
        problems.stream().map(Problem::toString).forEach(messages::error);
    }

    private static void register(SyntheticComponents components, String broker) {
        SyntheticBeanBuilder<Mqtt> mqtt = components
                .addBean(Mqtt.class)
                .type(Mqtt.class)
                .scope(ApplicationScoped.class)
                .createWith(LiteBeans.Connection.class);
        SyntheticBeanBuilder<MqttTestBroker> test = components
                .addBean(MqttTestBroker.class)
                .type(MqttTestBroker.class)
                .scope(Dependent.class)
                .createWith(LiteBeans.TestBroker.class);
        for (SyntheticBeanBuilder<?> each : List.of(mqtt, test)) {
            each.qualifier(MqttBroker.Literal.of(broker)).withParam(LiteBeans.BROKER, broker);
            if (broker.equals(MqttBroker.DEFAULT)) {
                each.qualifier(Default.Literal.INSTANCE);
            }
        }
        HealthChecks health = HealthChecks.ifPresent();
        if (health != null) {
            register(components, broker, health.type(), health.qualifier());
        }
    }

    @SuppressWarnings("unchecked")
    private static <T> void register(
            SyntheticComponents components, String broker, Class<T> type, Annotation qualifier) {
        components
                .addBean(type)
                .type(type)
                .qualifier(qualifier)
                .qualifier(MqttBroker.Literal.of(broker)) // ArC takes no two beans with equal types and qualifiers
                .scope(Dependent.class)
                .withParam(LiteBeans.BROKER, broker)
                .createWith((Class<LiteBeans.Health<T>>) (Class<?>) LiteBeans.Health.class);
    }
}
