package io.github.cdimqtt.internal.dispatch;

import io.github.cdimqtt.MqttBroker;
import io.github.cdimqtt.MqttEvent;
import io.github.cdimqtt.MqttLog;
import io.github.cdimqtt.internal.concurrent.SerialExecutor;
import io.github.cdimqtt.internal.concurrent.SessionExecutors;
import io.github.cdimqtt.internal.reporting.ConnectionListener;
import io.github.cdimqtt.internal.reporting.Log;
import io.github.cdimqtt.internal.reporting.MessageId;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.NotificationOptions;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.ObserverMethod;
import java.lang.System.Logger.Level;
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
public final class ConnectionEvents implements ConnectionListener, ObserverIsolation.Sink {
    private static final int MOST_WAITING = 10_000;

    private final String broker;
    private final Set<Class<?>> observed;
    private final ObserverIsolation isolation;
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
    public ConnectionEvents(
            String broker,
            Set<Class<?>> observed,
            ObserverIsolation isolation,
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
                threads.dispatch(), threads.timer(), e -> write(MessageId.EVENT_FAULT, "an event was lost", e));
    }

    @Override
    public String broker() {
        return broker;
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
    public void log(Level level, String source, Supplier<String> line, @Nullable Throwable cause) {
        if (Log.isLoggable(level)) {
            write(level, line.get(), cause);
        }
        if (observed.contains(MqttLog.class)) {
            fireLater(new MqttLog(broker, level, source, line.get()));
        }
    }

    @Override
    public void failed(String observer, Throwable cause) {
        write(MessageId.EVENT_OBSERVER_FAILED, observer + " failed on an event: " + cause, cause);
    }

    /**
     * Tells of the end, if that is one for observers, and of nothing that comes after; the log goes on. Completes when the
     * observers of all that has happened so far are done, async ones too.
     */
    public CompletableFuture<?> end(boolean connected) {
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
    public boolean isToldHere() {
        return teller == Thread.currentThread();
    }

    private void fireLater(Object happened) {
        if (ended) {
            return;
        }
        if (waiting.incrementAndGet() > MOST_WAITING) {
            done();
            write(
                    MessageId.EVENT_NOT_FIRED,
                    happened.getClass().getSimpleName() + " was not fired: " + MOST_WAITING
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

    private void write(MessageId id, String text, @Nullable Throwable cause) {
        write(id.level(), id + ": " + text, cause);
    }

    private void write(Level level, String line, @Nullable Throwable cause) {
        Log.write(level, MqttBroker.DEFAULT.equals(broker) ? line : "[" + broker + "] " + line, cause);
    }
}
