package io.github.cdimqtt.internal.lite;

import io.github.cdimqtt.internal.application.Application;
import io.github.cdimqtt.internal.beans.BeanLookup;
import io.github.cdimqtt.internal.deployment.Discovered;
import io.github.cdimqtt.internal.deployment.FoundObserver;
import io.github.cdimqtt.internal.deployment.InjectedParameter;
import io.github.cdimqtt.internal.dispatch.CurrentMessage;
import io.github.cdimqtt.internal.dispatch.MessageObserver;
import io.github.cdimqtt.internal.dispatch.ObserverIsolation;
import io.github.cdimqtt.internal.dispatch.ObserverWrapper;
import io.github.cdimqtt.internal.reporting.Problem;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.build.compatible.spi.Parameters;
import jakarta.enterprise.inject.build.compatible.spi.SyntheticBeanCreator;
import jakarta.enterprise.inject.build.compatible.spi.SyntheticBeanDisposer;
import jakarta.enterprise.inject.spi.BeanContainer;
import jakarta.enterprise.inject.spi.DeploymentException;
import jakarta.enterprise.inject.spi.EventContext;
import jakarta.enterprise.invoke.Invoker;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The application as it runs: planned when it is first needed, from what the build has found and the configuration of today. */
public final class LiteApplication {
    /** Closes the connections, after all beans that may publish when they are destroyed but for singletons. */
    public static final class Disposer implements SyntheticBeanDisposer<LiteApplication> {
        @Override
        public void dispose(LiteApplication all, Instance<Object> beans, Parameters parameters) {
            all.application.connections().stop();
        }
    }

    /** Makes it, once in an application. */
    public static final class Creator implements SyntheticBeanCreator<LiteApplication> {
        @Override
        public LiteApplication create(Instance<Object> beans, Parameters parameters) {
            return new LiteApplication(beans.select(BeanContainer.class).get(), Handover.read(parameters, beans));
        }
    }

    private final List<InvokerObserver> invoked = new ArrayList<>(); // by number
    private final List<ObserverWrapper<?>> observers = new ArrayList<>(); // of those
    private final Application application;

    private LiteApplication(BeanContainer beans, CodeSummary code) {
        ObserverIsolation isolation = new ObserverIsolation();
        CurrentMessage currentMessage = new CurrentMessage();
        List<FoundObserver> ofMessages = new ArrayList<>();
        List<ObserverWrapper<?>> reached = new ArrayList<>(); // by events of cdi-mqtt
        for (ObserverDefinition definition : code.observers()) {
            InvokerObserver observer = new InvokerObserver(definition, currentMessage);
            invoked.add(observer);
            if (definition.ofMessages()) {
                FoundObserver found = found(definition, observer, isolation, currentMessage);
                observers.add(found.observer());
                ofMessages.add(found);
            } else {
                observers.add(new ObserverWrapper<>(observer, definition.location(), isolation));
            }
            if (!definition.foreign()) {
                reached.add(observers.get(observers.size() - 1));
            }
        }
        BeanLookup beanLookup = new BeanLookup(beans, List.copyOf(beans.getBeans(Object.class, Any.Literal.INSTANCE)));
        application =
                new Application(discovered(code, ofMessages), beanLookup, new LiteContainer(beans, reached), isolation);
    }

    /** Returns an observer of messages as the validators take it. Whether its parameters can be injected is the container's. */
    static FoundObserver found(
            ObserverDefinition definition,
            InvokerObserver observer,
            ObserverIsolation isolation,
            CurrentMessage currentMessage) {
        return new FoundObserver(
                new MessageObserver(observer, definition.location(), definition.any(), isolation, currentMessage),
                definition.arguments().stream()
                        .filter(argument -> argument.variable() != null)
                        .map(argument -> new InjectedParameter(
                                argument.location(), argument.variable(), argument.type(), () -> null))
                        .toList());
    }

    private static Discovered discovered(CodeSummary code, List<FoundObserver> ofMessages) {
        return new Discovered(
                ofMessages,
                List.of(),
                Set.copyOf(code.observedEvents()),
                code.observesRequestScope(),
                Set.copyOf(code.injected()),
                code.named(),
                List.of(),
                List.of(),
                code.testBrokers(),
                List.of(),
                code.applicationClass(),
                true);
    }

    /**
     * Returns what runs.
     *
     * @throws DeploymentException if the configuration is wrong, with all that is wrong in it
     */
    Application application() {
        List<Problem> problems = application.problems();
        if (!problems.isEmpty()) {
            throw exception(problems);
        }
        return application;
    }

    /** Returns the observers that it has taken over from the container. */
    List<ObserverWrapper<?>> observers() {
        return observers;
    }

    /** Returns an exception with all problems, a line each. */
    static DeploymentException exception(List<Problem> problems) {
        return new DeploymentException(
                problems.stream().map(Problem::toString).collect(Collectors.joining("\n", "cdi-mqtt:\n", "")));
    }

    /** Stops all observers; the connections stay open for what beans publish as they are destroyed. */
    void stopObserving() {
        application.connections().stopObserving();
    }

    /** Notifies the observer with a number, called by an invoker. */
    @SuppressWarnings("unchecked") // the container resolved the group by type
    void notify(int number, Invoker<Object, ?> invoker, EventContext<?> event) {
        invoked.get(number).callBy(invoker);
        ((ObserverWrapper<Object>) observers.get(number)).notify((EventContext<Object>) event);
    }
}
