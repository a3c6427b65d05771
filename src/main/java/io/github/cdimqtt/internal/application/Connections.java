package io.github.cdimqtt.internal.application;

import io.github.cdimqtt.Mqtt;
import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.internal.beans.ApplicationBeans;
import io.github.cdimqtt.internal.concurrent.ThreadPools;
import io.github.cdimqtt.internal.deployment.DeploymentPlan;
import io.github.cdimqtt.internal.dispatch.ObserverIsolation;
import io.github.cdimqtt.internal.observability.MeterBinder;
import io.github.cdimqtt.internal.observability.Readiness;
import io.github.cdimqtt.internal.reporting.Log;
import io.github.cdimqtt.internal.reporting.MessageId;
import jakarta.enterprise.inject.spi.BeanManager;
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
import org.jspecify.annotations.Nullable;

/**
 * The connections of one application: made from the plan at first use, opened when the application has started, closed
 * when it ends. Thread-safe.
 */
public final class Connections {
    /** Of the time to shut down: for threads to end that are interrupted. */
    private static final Duration LEAST_FOR_THREADS = Duration.ofMillis(100);

    private final DeploymentPlan plan;
    private final ApplicationBeans applicationBeans;
    private final ThreadPools workers;
    private final ApplicationThreads ofApplication;
    private final ConnectionSettings settings;
    private final ConnectionFactory factory;
    private final MeterBinder metering;
    private final Map<String, Connection> connections = new LinkedHashMap<>(); // guarded by this
    private final Map<String, UnusableConnection> unusable = new ConcurrentHashMap<>(); // as found at the start
    private boolean started; // guarded by this
    private boolean ending; // guarded by this
    private boolean stopped; // guarded by this
    private volatile Duration observersTook = Duration.ZERO;

    public Connections(
            DeploymentPlan plan,
            ApplicationBeans applicationBeans,
            BeanManager beans,
            ObserverIsolation isolation,
            ThreadPools workers,
            ApplicationThreads ofApplication) {
        this.plan = plan;
        this.applicationBeans = applicationBeans;
        this.workers = workers;
        this.ofApplication = ofApplication;
        this.settings = new ConnectionSettings(plan, applicationBeans);
        this.factory = new ConnectionFactory(plan, settings, beans, isolation, workers.executors());
        this.metering = new MeterBinder(applicationBeans, beans);
    }

    /** Returns the connection of a name, open or not. */
    public Mqtt get(String name) {
        Mqtt failed = unusable.get(name);
        return failed == null ? connection(name).mqtt() : failed;
    }

    /** Returns whether a connection is ready; one that is not to be opened is not made for that. */
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
        } catch (RuntimeException e) { // of a bean of the application, perhaps, before the start; or after the end
            return Readiness.unusable(String.valueOf(e.getMessage()));
        }
    }

    /**
     * Opens all connections; the first call counts.
     *
     * @throws MqttException if one that is to fail fast can't be opened; everything is closed then
     */
    public void start() {
        synchronized (this) {
            if (started || ending) {
                return;
            }
            started = true;
        }
        ofApplication.started();
        metering.start();
        Map<Connection, CompletableFuture<?>> awaited = new LinkedHashMap<>();
        for (String name : plan.toOpen()) {
            try {
                Connection opened = connection(name);
                metering.connection(name, opened.mqtt(), opened.mqtt()::eachFilter);
                open(opened, awaited);
            } catch (RuntimeException e) { // of a bean of the application, perhaps
                notMade(name, e);
            }
        }
        long began = System.nanoTime();
        awaited.forEach((connection, attempted) -> await(connection, attempted, began));
    }

    private static void open(Connection connection, Map<Connection, CompletableFuture<?>> awaited) {
        if (connection.config().enabled()) {
            CompletableFuture<?> attempted = connection.open();
            if (!connection.config().connectAsync() || connection.config().failFast()) {
                awaited.put(connection, attempted);
            }
        }
    }

    private void notMade(String name, RuntimeException cause) {
        if (isStopped()) {
            return;
        }
        UnusableConnection failed = new UnusableConnection(name, cause);
        unusable.put(name, failed);
        if (settings.failFast(name)) {
            stop();
            throw new MqttException(MessageId.UNUSABLE_CONNECTION + ": " + failed.reason(), cause);
        }
        Log.write(MessageId.UNUSABLE_CONNECTION, failed.reason());
    }

    private void await(Connection connection, CompletableFuture<?> attempted, long began) {
        Duration timeout = connection.timeToOpen();
        try {
            attempted.get(timeout.toNanos() - (System.nanoTime() - began), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (TimeoutException e) {
            failed(connection, "no connection within " + timeout.toMillis() + " ms", null);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            failed(connection, String.valueOf(cause.getMessage()), cause);
        }
    }

    private void failed(Connection connection, String reason, @Nullable Throwable cause) {
        if (connection.config().failFast()) {
            stop();
            throw new MqttException(
                    MessageId.FAILED_FAST + ": the application may not start without " + connection.mqtt()
                            + " (fail-fast=true): " + reason,
                    cause);
        }
        connection.warn(
                MessageId.STARTED_WITHOUT_CONNECTION,
                "the application starts without " + connection.mqtt() + ", which is tried again and again: " + reason);
    }

    /**
     * Ends all observing, waits for that within bounds, and interrupts what goes on. The connections stay open for what beans
     * publish that are destroyed next. The first call counts.
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
        ofApplication.stopWaiting(); // nothing that waited for the start is handed to observers now
        await(observing.values(), longest.minus(kept));
        observing.values().removeIf(CompletableFuture::isDone);
        observing.keySet().forEach(Connection::warnOfTheEnd);
        all.forEach(each -> each.session().abandon());
        workers.stopObservers(kept.dividedBy(2));
        observersTook = Duration.ofNanos(System.nanoTime() - began);
    }

    /** Closes all connections, waits for that within bounds, and ends all threads; the first call counts. */
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
        metering.stop();
        workers.close(Collections.max(List.of(LEAST_FOR_THREADS, longest.minusNanos(System.nanoTime() - began))));
        plan.converters().close();
        applicationBeans.release();
    }

    /** Returns what observers have left of the time to shut down. */
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
            return; // whoever waits looks for those that are not done
        }
    }

    private synchronized boolean isStopped() {
        return stopped;
    }

    private synchronized Connection connection(String name) {
        Connection known = connections.get(name);
        if (known == null && stopped) { // nobody would close it
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
