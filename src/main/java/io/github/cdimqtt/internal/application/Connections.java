package io.github.cdimqtt.internal.application;

import io.github.cdimqtt.Mqtt;
import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.internal.beans.BeanLookup;
import io.github.cdimqtt.internal.beans.Container;
import io.github.cdimqtt.internal.concurrent.ThreadPools;
import io.github.cdimqtt.internal.convert.Converters;
import io.github.cdimqtt.internal.deployment.DeploymentPlan;
import io.github.cdimqtt.internal.deployment.TestBrokerValidator;
import io.github.cdimqtt.internal.dispatch.ObserverIsolation;
import io.github.cdimqtt.internal.net.BrokerAddress;
import io.github.cdimqtt.internal.observability.MeterBinder;
import io.github.cdimqtt.internal.observability.Readiness;
import io.github.cdimqtt.internal.reporting.Log;
import io.github.cdimqtt.internal.reporting.MessageId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * The connections of one application: made at first use, opened when the application has started, closed when it ends.
 * Thread-safe.
 */
public final class Connections {
    /** The part of the time to shut down that is kept for interrupted threads to end. */
    private static final Duration LEAST_FOR_THREADS = Duration.ofMillis(100);

    private final DeploymentPlan plan;
    private final BeanLookup beanLookup;
    private final ThreadPools threadPools;
    private final ApplicationThreads applicationThreads;
    private final ConnectionSettings settings;
    private final ConnectionFactory factory;
    private final MeterBinder meters;
    private final Map<String, Connection> connections = new LinkedHashMap<>(); // guarded by this
    private final Map<String, UnusableConnection> unusable =
            new ConcurrentHashMap<>(); // those that could not be made at the start
    private boolean started; // guarded by this
    private boolean ending; // guarded by this
    private boolean stopped; // guarded by this
    private volatile Duration observersTook = Duration.ZERO;

    Connections(
            DeploymentPlan plan,
            BeanLookup beanLookup,
            Container container,
            ObserverIsolation isolation,
            ThreadPools threadPools,
            ApplicationThreads applicationThreads) {
        this.plan = plan;
        this.beanLookup = beanLookup;
        this.threadPools = threadPools;
        this.applicationThreads = applicationThreads;
        this.settings = new ConnectionSettings(plan, beanLookup);
        this.factory = new ConnectionFactory(plan, settings, beanLookup, container, isolation, threadPools.executors());
        this.meters = new MeterBinder(beanLookup, container);
    }

    /** Returns the connection with this name, open or not. */
    public Mqtt get(String name) {
        Mqtt failed = unusable.get(name);
        return failed == null ? connection(name).mqtt() : failed;
    }

    public Converters converters() {
        return plan.converters();
    }

    /**
     * Returns the name of the broker of tests that a connection goes to.
     *
     * @throws MqttException if it goes to another broker
     */
    public String testBroker(String name) {
        List<String> uris = settings.config(name).serverUris();
        String broker = BrokerAddress.memoryName(uris);
        if (broker == null) {
            throw new MqttException(TestBrokerValidator.fault(name, uris));
        }
        return broker;
    }

    /** Returns whether a connection is ready. Does not make one that is not to be opened. */
    public Readiness readiness(String name) {
        if (!plan.toOpen().contains(name)) {
            return Readiness.NOT_OPENED;
        }
        UnusableConnection failed = unusable.get(name);
        if (failed != null) {
            return Readiness.unusable(failed.reason());
        }
        try {
            return connection(name).mqtt().readiness();
        } catch (RuntimeException e) { // a bean of the application may throw, and none is made after the end
            return Readiness.unusable(String.valueOf(e.getMessage()));
        }
    }

    /**
     * Opens all connections; the first call counts.
     *
     * @throws MqttException if one with {@code fail-fast} can't be opened; all are closed then
     */
    public void start() {
        synchronized (this) {
            if (started || ending) {
                return;
            }
            started = true;
        }
        applicationThreads.started();
        meters.start();
        FirstAttempts attempts = new FirstAttempts();
        for (String name : plan.toOpen()) {
            try {
                Connection made = connection(name);
                meters.connection(name, made.mqtt(), made.mqtt()::observeFilters);
                attempts.open(made);
                CompletableFuture<?> unused = applicationThreads.ready().thenRun(made::startOutbox);
            } catch (RuntimeException e) { // a bean of the application may throw
                notMade(name, e);
            }
        }
        try {
            attempts.await();
        } catch (MqttException failFast) {
            stop();
            throw failFast;
        }
    }

    private void notMade(String name, RuntimeException cause) {
        if (isStopped()) {
            return;
        }
        UnusableConnection failed = factory.unusable(name, cause);
        unusable.put(name, failed);
        if (settings.failFast(name)) {
            stop();
            throw new MqttException(MessageId.UNUSABLE_CONNECTION + ": " + failed.reason(), cause);
        }
        Log.write(MessageId.UNUSABLE_CONNECTION, failed.reason());
    }

    /**
     * Stops all observers, waits for them within bounds, and interrupts those that still run. The connections stay open: beans
     * that are destroyed next may publish. The first call counts.
     */
    public void stopObserving() {
        List<Connection> all;
        synchronized (this) {
            if (ending) {
                return;
            }
            ending = true;
            all = new ArrayList<>(connections.values());
        }
        long began = System.nanoTime();
        Duration longest = longest(all, each -> each.config().shutdownTimeout());
        Duration kept = longest(all, Connection::timeToClose).dividedBy(2);
        Map<Connection, CompletableFuture<?>> observing = new LinkedHashMap<>();
        all.forEach(each -> observing.put(each, each.stopObserving()));
        applicationThreads.stopWaiting(); // what waited for the start is not dispatched now
        await(observing.values(), longest.minus(kept));
        observing.values().removeIf(CompletableFuture::isDone);
        observing.keySet().forEach(Connection::warnOfTheEnd);
        all.forEach(each -> each.session().abandon());
        threadPools.stopObservers(kept.dividedBy(2));
        observersTook = Duration.ofNanos(System.nanoTime() - began);
    }

    /** Closes all connections, waits for them within bounds, and ends all threads. The first call counts. */
    public void stop() {
        stopObserving();
        List<Connection> all;
        synchronized (this) {
            if (stopped) {
                return;
            }
            stopped = true;
            all = new ArrayList<>(connections.values());
        }
        long began = System.nanoTime();
        Duration longest = longest(all, this::timeLeft);
        await(all.stream().map(each -> each.close(timeLeft(each))).toList(), longest);
        all.forEach(Connection::closed);
        meters.stop();
        threadPools.close(Collections.max(List.of(LEAST_FOR_THREADS, longest.minusNanos(System.nanoTime() - began))));
        plan.converters().close();
        beanLookup.release();
    }

    /** Returns the time to shut down less what observers took of it. */
    private Duration timeLeft(Connection connection) {
        return Collections.max(
                List.of(LEAST_FOR_THREADS, connection.config().shutdownTimeout().minus(observersTook)));
    }

    private static Duration longest(Collection<Connection> all, Function<Connection, Duration> time) {
        return all.stream().map(time).max(Comparator.naturalOrder()).orElse(Duration.ZERO);
    }

    private static void await(Collection<? extends CompletableFuture<?>> all, Duration longest) {
        try {
            CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).get(longest.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            return; // the callers look for those that are not done
        }
    }

    private synchronized boolean isStopped() {
        return stopped;
    }

    private synchronized Connection connection(String name) {
        Connection known = connections.get(name);
        if (known == null && stopped) { // it would never be closed
            throw new MqttException("the application has ended: the connection '" + name + "' is not made any more");
        }
        if (known == null) {
            known = factory.make(name);
            connections.put(name, known);
            if (ending) {
                CompletableFuture<?> unused = known.stopObserving();
            }
        }
        return known;
    }
}
