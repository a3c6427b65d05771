package io.github.cdimqtt.internal.dispatch;

import io.github.cdimqtt.MqttBroker;
import io.github.cdimqtt.MqttEvent;
import io.github.cdimqtt.MqttLog;
import io.github.cdimqtt.internal.beans.Container;
import io.github.cdimqtt.internal.concurrent.SerialExecutor;
import io.github.cdimqtt.internal.concurrent.SessionExecutors;
import io.github.cdimqtt.internal.reporting.ConnectionListener;
import io.github.cdimqtt.internal.reporting.Log;
import io.github.cdimqtt.internal.reporting.MessageId;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.NotificationOptions;
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
 * Fires the events of one connection as CDI events, in order, on a serial executor of their own; and writes the log. An
 * event without observers is not made. Thread-safe.
 */
public final class ConnectionEvents implements ConnectionListener, ObserverIsolation.Listener {
    private static final int MOST_WAITING = 10_000;

    private final String broker;
    private final Set<Class<?>> observed;
    private final ObserverIsolation isolation;
    private final RequestScope requestScope;
    private final SessionExecutors threads;
    private final Container container;
    private final Event<Object> event;
    private final SerialExecutor executor;
    private final Map<Class<?>, Boolean> observedAsync = new ConcurrentHashMap<>();
    private final AtomicInteger waiting = new AtomicInteger(); // events whose observers are not done
    private volatile CompletableFuture<@Nullable Void> drained = new CompletableFuture<>();
    private volatile @Nullable Thread observerThread;
    private volatile boolean ended;

    /**
     * Creates it.
     *
     * @param observed the types among {@link MqttEvent}s and {@link MqttLog} that have an observer
     */
    public ConnectionEvents(
            String broker,
            Set<Class<?>> observed,
            ObserverIsolation isolation,
            RequestScope requestScope,
            SessionExecutors threads,
            Container container) {
        this.broker = broker;
        this.observed = observed;
        this.isolation = isolation;
        this.requestScope = requestScope;
        this.threads = threads;
        this.container = container;
        this.event = container.event().select(MqttBroker.Literal.of(broker));
        this.executor = new SerialExecutor(
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
     * Fires {@code Disconnected} if it was connected, and nothing after that; the log goes on. Completes when the observers of
     * all events so far are done, async ones too.
     */
    public CompletableFuture<?> end(boolean connected) {
        if (!ended && connected) {
            event(new MqttEvent.Disconnected(broker, true, null));
        }
        ended = true;
        CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
        drained = done;
        if (waiting.get() == 0) {
            done.complete(null);
        }
        return done;
    }

    /** Returns whether this thread is in a sync observer of such an event. */
    public boolean isObserverThread() {
        return observerThread == Thread.currentThread();
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
            executor.offer(() -> fire(happened), this::done);
        }
    }

    private void fire(Object happened) {
        CompletableFuture<?> async = CompletableFuture.completedFuture(null);
        observerThread = Thread.currentThread();
        try {
            if (observedAsync.computeIfAbsent(happened.getClass(), type -> hasAsyncObserver(happened))) {
                NotificationOptions options =
                        NotificationOptions.ofExecutor(isolation.executor(this, threads.observers()));
                async = event.fireAsync(happened, options).toCompletableFuture();
            }
            requestScope.run(() -> isolation.fire(this, () -> event.fire(happened)));
        } finally {
            observerThread = null;
            CompletableFuture<?> unused = async.whenComplete((fired, failure) -> done());
        }
    }

    private void done() {
        if (waiting.decrementAndGet() == 0) {
            drained.complete(null);
        }
    }

    private boolean hasAsyncObserver(Object happened) {
        return container.observers(happened, MqttBroker.Literal.of(broker)).stream()
                .anyMatch(ObserverMethod::isAsync);
    }

    private void write(MessageId id, String text, @Nullable Throwable cause) {
        write(id.level(), id + ": " + text, cause);
    }

    private void write(Level level, String line, @Nullable Throwable cause) {
        Log.write(level, MqttBroker.DEFAULT.equals(broker) ? line : "[" + broker + "] " + line, cause);
    }
}
