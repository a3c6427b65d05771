package io.github.cdimqtt.internal.cdi;

import io.github.cdimqtt.MqttBroker;
import io.github.cdimqtt.MqttEvent;
import io.github.cdimqtt.MqttLog;
import io.github.cdimqtt.internal.client.SessionListener;
import io.github.cdimqtt.internal.concurrent.SerialExecutor;
import io.github.cdimqtt.internal.concurrent.SessionExecutors;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.NotificationOptions;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.ObserverMethod;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Fires what happens on one connection as CDI events, in order, on a lane of their own; and writes the log. What nobody
 * observes is not made. Thread-safe.
 */
final class ConnectionEvents implements SessionListener, Isolation.Sink {
    private static final System.Logger LOG = System.getLogger("io.github.cdimqtt");
    private static final int MOST_WAITING = 10_000;

    private final String broker;
    private final Set<Class<?>> observed;
    private final Isolation isolation;
    private final RequestScope requestScope;
    private final SessionExecutors threads;
    private final BeanManager beans;
    private final Event<Object> event;
    private final SerialExecutor lane;
    private final Map<Class<?>, Boolean> heardAsync = new ConcurrentHashMap<>();
    private final AtomicInteger waiting = new AtomicInteger(); // events that observers are not done with
    private volatile CompletableFuture<@Nullable Void> whenAllIsTold = new CompletableFuture<>();
    private volatile @Nullable Thread teller;
    private volatile boolean ended;

    /**
     * Creates it.
     *
     * @param observed the types of {@link MqttEvent}, and {@link MqttLog}, that anyone observes
     */
    ConnectionEvents(
            String broker,
            Set<Class<?>> observed,
            Isolation isolation,
            RequestScope requestScope,
            SessionExecutors threads,
            BeanManager beans) {
        this.broker = broker;
        this.observed = observed;
        this.isolation = isolation;
        this.requestScope = requestScope;
        this.threads = threads;
        this.beans = beans;
        this.event = beans.getEvent().select(MqttBroker.Literal.of(broker));
        this.lane = new SerialExecutor(
                threads.lanes(),
                threads.timer(),
                e -> write(System.Logger.Level.ERROR, "MQTT-192: an event was lost", e));
    }

    @Override
    public boolean observes(Class<? extends MqttEvent> type) {
        return observed.contains(type);
    }

    @Override
    public void event(MqttEvent happened) {
        if (observed.contains(happened.getClass())) {
            fireLater(happened);
        }
    }

    @Override
    public void log(System.Logger.Level level, String source, Supplier<String> text, @Nullable Throwable cause) {
        if (LOG.isLoggable(level)) {
            write(level, text.get(), cause);
        }
        if (observed.contains(MqttLog.class)) {
            fireLater(new MqttLog(broker, level, source, text.get()));
        }
    }

    @Override
    public void failed(String observer, Throwable cause) {
        write(System.Logger.Level.ERROR, "MQTT-109: " + observer + " failed on an event: " + cause, cause);
    }

    /**
     * Tells of the end, if that is one for observers, and of nothing that comes after; the log goes on. Completes when the
     * observers of all that has happened so far are done, async ones too.
     */
    CompletableFuture<?> end(boolean connected) {
        if (!ended && connected) {
            event(new MqttEvent.Disconnected(broker, true, null));
        }
        ended = true;
        CompletableFuture<@Nullable Void> told = new CompletableFuture<>();
        whenAllIsTold = told;
        if (waiting.get() == 0) {
            told.complete(null);
        }
        return told;
    }

    /** Tells whether this thread is in a sync observer of such an event. */
    boolean isToldHere() {
        return teller == Thread.currentThread();
    }

    private void fireLater(Object happened) {
        if (ended) {
            return;
        }
        if (waiting.incrementAndGet() > MOST_WAITING) {
            done();
            write(
                    System.Logger.Level.DEBUG,
                    "MQTT-110: " + happened.getClass().getSimpleName() + " was not fired: " + MOST_WAITING
                            + " events wait for slow observers",
                    null);
        } else {
            lane.offer(() -> tell(happened), this::done);
        }
    }

    private void tell(Object happened) {
        CompletableFuture<?> beside = CompletableFuture.completedFuture(null);
        teller = Thread.currentThread();
        try {
            if (heardAsync.computeIfAbsent(happened.getClass(), type -> isHeardAsync(happened))) {
                NotificationOptions options =
                        NotificationOptions.ofExecutor(isolation.executor(this, threads.observers()));
                beside = event.fireAsync(happened, options).toCompletableFuture();
            }
            requestScope.run(() -> isolation.fire(this, () -> event.fire(happened)));
        } finally {
            teller = null;
            CompletableFuture<?> unused = beside.whenComplete((told, failure) -> done());
        }
    }

    private void done() {
        if (waiting.decrementAndGet() == 0) {
            whenAllIsTold.complete(null);
        }
    }

    private boolean isHeardAsync(Object happened) {
        return beans.resolveObserverMethods(happened, MqttBroker.Literal.of(broker)).stream()
                .anyMatch(ObserverMethod::isAsync);
    }

    private void write(System.Logger.Level level, String text, @Nullable Throwable cause) {
        String line = MqttBroker.DEFAULT.equals(broker) ? text : "[" + broker + "] " + text;
        if (cause == null) {
            LOG.log(level, line);
        } else {
            LOG.log(level, line, cause);
        }
    }
}
