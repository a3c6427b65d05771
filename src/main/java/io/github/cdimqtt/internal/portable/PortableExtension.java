package io.github.cdimqtt.internal.portable;

import io.github.cdimqtt.MqttBroker;
import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.MqttTopic;
import io.github.cdimqtt.TopicParam;
import io.github.cdimqtt.Unmatched;
import io.github.cdimqtt.internal.application.Application;
import io.github.cdimqtt.internal.application.Connections;
import io.github.cdimqtt.internal.beans.BeanLookup;
import io.github.cdimqtt.internal.concurrent.Timer;
import io.github.cdimqtt.internal.dispatch.CurrentMessage;
import io.github.cdimqtt.internal.dispatch.ObserverIsolation;
import io.github.cdimqtt.internal.reporting.Log;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Shutdown;
import jakarta.enterprise.event.Startup;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.AfterDeploymentValidation;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.BeforeShutdown;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.ProcessAnnotatedType;
import jakarta.enterprise.inject.spi.ProcessBean;
import jakarta.enterprise.inject.spi.ProcessInjectionPoint;
import jakarta.enterprise.inject.spi.ProcessObserverMethod;
import jakarta.enterprise.inject.spi.WithAnnotations;
import java.lang.System.Logger.Level;
import java.lang.annotation.Annotation;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The portable extension: replaces observers by wrappers, registers beans, validates the deployment, opens the connections
 * when the application has started and closes them when it ends.
 *
 * <p>One for each bean container, without static state. The container calls it on one thread until the application has
 * started.
 */
public abstract class PortableExtension implements Extension {
    private static final int FIRST = 0; // Weld 6 puts Integer.MIN_VALUE last
    private static final int LAST = Integer.MAX_VALUE;
    private static final Duration UNTIL_STARTUP = Duration.ofSeconds(5); // a busy server takes more than one

    private final ObserverIsolation isolation = new ObserverIsolation();
    private final CurrentMessage currentMessage = new CurrentMessage();
    private final Discovery discovery = new Discovery(isolation, currentMessage);
    private @Nullable BeanLookup beanLookup;
    private Timer.@Nullable Task withoutStartup;
    private volatile @Nullable Application application;

    void collectTypes(
            @Observes
                    @WithAnnotations({
                        MqttTopic.class,
                        MqttTopic.List.class,
                        Unmatched.class,
                        TopicParam.class,
                        MqttBroker.class
                    })
                    ProcessAnnotatedType<?> event) {
        discovery.annotatedType(event.getAnnotatedType());
    }

    void replaceObservers(@Observes ProcessObserverMethod<?, ?> event) {
        discovery.observer(event);
    }

    void collectInjectionPoints(@Observes ProcessInjectionPoint<?, ?> event) {
        discovery.injectionPoints().announced(event);
    }

    /** The type argument of the event is no filter: for a producer it is the declaring class. */
    void collectBeans(@Observes ProcessBean<?> event) {
        discovery.bean(event.getBean());
    }

    /**
     * Observes the start with a class of the application. Payara and GlassFish fire it to an extension when the application is
     * loaded, with no naming yet, and to the classes of a web application when that has started.
     */
    void observeStart(@Observes AfterBeanDiscovery event) {
        Set<Annotation> initialized = Set.of(Initialized.Literal.APPLICATION);
        observe(event, Object.class, initialized, FIRST, this::findThreads);
        observe(event, Object.class, initialized, LAST, this::startLater);
        observe(event, Startup.class, Set.of(), FIRST, this::startupFired);
        observe(event, Startup.class, Set.of(), LAST, () -> connections().start());
    }

    private <T> void observe(
            AfterBeanDiscovery event, Class<T> type, Set<Annotation> qualifiers, int priority, Runnable reaction) {
        event.<T>addObserverMethod()
                .beanClass(discovery.applicationClass())
                .observedType(type)
                .qualifiers(qualifiers)
                .priority(priority)
                .notifyWith(context -> reaction.run());
    }

    void registerBeans(@Observes AfterBeanDiscovery event) {
        new MqttBeans(discovery.injectionPoints(), currentMessage, this::connections).register(event);
    }

    void validate(@Observes @Priority(LAST) AfterDeploymentValidation event, BeanManager beans) {
        BeanLookup found = new BeanLookup(beans, discovery.beans());
        beanLookup = found;
        Application planned =
                new Application(discovery.discovered(found, beans), found, new PortableContainer(beans), isolation);
        planned.problems().forEach(problem -> event.addDeploymentProblem(problem.exception()));
        application = planned;
    }

    /** Returns the beans of the application, once the deployment is valid. */
    @Nullable
    BeanLookup beanLookup() {
        return beanLookup;
    }

    private void findThreads() {
        Application planned = application;
        if (planned != null) {
            planned.findThreads();
        }
    }

    private void startLater() {
        Application planned = application;
        if (planned != null) {
            withoutStartup = planned.schedule(UNTIL_STARTUP, this::startWithoutStartup);
        }
    }

    /** Logs a failure, which has no caller to reach. */
    private void startWithoutStartup() {
        try {
            connections().start();
        } catch (MqttException failFast) {
            Log.write(Level.ERROR, String.valueOf(failFast.getMessage()), failFast);
        }
    }

    /** Some containers never fire {@code Startup}. This one does, so the start awaits its last observer, however long that takes. */
    private void startupFired() {
        findThreads();
        Timer.Task fallback = withoutStartup;
        if (fallback != null) {
            fallback.cancel();
        }
    }

    void stopObserving(@Observes @Priority(LAST) Shutdown event) {
        stopObserving();
    }

    void stopObservingWithContext(@Observes @Priority(LAST) @BeforeDestroyed(ApplicationScoped.class) Object event) {
        stopObserving();
    }

    private void stopObserving() {
        Application planned = application;
        if (planned != null) {
            planned.connections().stopObserving();
        }
    }

    /** The last event of a container; until then beans that are destroyed may publish. */
    void stop(@Observes @Priority(LAST) BeforeShutdown event) {
        Application planned = application;
        if (planned != null) {
            planned.connections().stop();
        }
    }

    private Connections connections() {
        Application planned = application;
        if (planned == null) {
            throw new IllegalStateException("Mqtt can be used after the deployment was validated, not before");
        }
        return planned.connections();
    }
}
