package io.github.cdimqtt.internal.dispatch;

import io.github.cdimqtt.MqttEvent;
import io.github.cdimqtt.MqttMessage;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.concurrent.SessionExecutors;
import io.github.cdimqtt.internal.convert.ConversionException;
import io.github.cdimqtt.internal.convert.Converters;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.internal.reporting.MessageId;
import io.github.cdimqtt.internal.session.inbound.MessageHandler;
import io.github.cdimqtt.internal.session.inbound.ObserverFailure;
import io.github.cdimqtt.internal.session.inbound.Outcome;
import io.github.cdimqtt.internal.session.subscription.Recipient;
import io.github.cdimqtt.internal.text.Printable;
import jakarta.enterprise.event.NotificationOptions;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Dispatches each message of one connection as one CDI event, within a request scope: to sync observers, then to consumers
 * on the same thread, and to async observers concurrently. Thread-safe.
 */
public final class Dispatcher implements MessageHandler {
    private static final List<CompletableFuture<Outcome>> COMPLETED =
            Stream.of(Outcome.values()).map(CompletableFuture::completedFuture).toList();

    private static final int MOST_WARNED = 1_000;

    private final String broker;
    private final RoutingTable routing;
    private final Converters converters;
    private final ReceivedMessages messages;
    private final ObserverIsolation isolation;
    private final RequestScope requestScope;
    private final boolean sharesRequestScope;
    private final Executor asyncObservers;
    private final DispatchLog log;
    private final SlowObserverWatch slowObservers;
    private final ConnectionEvents events;
    private final HandlingListener listener;
    private final Set<String> warnedOfEmpty = ConcurrentHashMap.newKeySet(); // locations of observers

    /**
     * Creates a dispatcher.
     *
     * @param sharesRequestScope whether messages that follow one another have one request scope, as nothing in the application
     *     can tell; otherwise each has its own
     */
    public Dispatcher(
            String broker,
            RoutingTable routing,
            Converters converters,
            ObserverIsolation isolation,
            RequestScope requestScope,
            boolean sharesRequestScope,
            SessionExecutors threads,
            ConnectionEvents events,
            HandlingListener listener) {
        this.broker = broker;
        this.routing = routing;
        this.converters = converters;
        this.messages = new ReceivedMessages(broker, converters);
        this.isolation = isolation;
        this.requestScope = requestScope;
        this.sharesRequestScope = sharesRequestScope;
        this.asyncObservers = threads.observers();
        this.log = new DispatchLog(routing, events);
        this.slowObservers = new SlowObserverWatch(threads.timer(), log::slow);
        this.events = events;
        this.listener = listener;
    }

    /** Messages are handled also if the container begins no scope, as at its end: then nothing needs it. */
    @Override
    public void batch(Runnable messages) {
        AtomicBoolean begun = new AtomicBoolean();
        if (sharesRequestScope) {
            try {
                requestScope.run(() -> {
                    begun.set(true);
                    messages.run();
                });
            } catch (Throwable e) { // a container may throw anything
                events.log(Level.DEBUG, "dispatch", () -> "the shared request scope failed: " + e, e);
            }
        }
        if (!begun.get()) {
            messages.run();
        }
    }

    @Override
    public int subscribed() {
        return routing.subscribed();
    }

    @Override
    public CompletableFuture<Outcome> handle(
            Packet.Publish inbound,
            @Nullable Set<Recipient> recipients,
            int subscribed,
            Consumer<ObserverFailure> failures) {
        long began = System.nanoTime();
        MqttMessage message = messages.message(inbound);
        events.log(Level.DEBUG, "dispatch", () -> "received " + message, null);
        Route route = recipients == null
                ? routing.route(inbound.topic(), subscribed)
                : routing.route(inbound.topic(), recipients);
        boolean prefixed = route.times().isEmpty() && log.isPrefixed(message);
        if (!route.isObserved()) {
            if (!prefixed && recipients == null) {
                log.unobserved(inbound.topic());
            }
            listener.handled(inbound);
            return COMPLETED.get(Outcome.UNHEARD.ordinal());
        }
        Dispatch dispatch =
                new Dispatch(message, inbound, route, converters, failures(message, inbound, failures), listener);
        boolean awaited = inbound.qos() != Qos.AT_MOST_ONCE;
        if (awaited) {
            slowObservers.begin(dispatch);
        }
        CompletableFuture<?> async = route.async() ? fireAsync(route, dispatch) : null;
        if (route.sync() || !route.consumers().isEmpty()) {
            fireSync(route, dispatch);
        }
        return async == null
                ? COMPLETED.get(end(dispatch, awaited, route, began).ordinal())
                : async.handle((done, failure) -> end(dispatch, awaited, route, began));
    }

    private Outcome end(Dispatch dispatch, boolean awaited, Route route, long began) {
        long nanos = System.nanoTime() - began;
        for (HandlingTime each : route.times()) {
            each.add(nanos);
        }
        if (awaited) {
            slowObservers.end(dispatch);
        }
        listener.handled(dispatch.packet());
        return dispatch.outcome();
    }

    private void fireSync(Route route, Dispatch dispatch) {
        if (sharesRequestScope) {
            fire(route, dispatch);
        } else {
            requestScope.run(() -> fire(route, dispatch));
        }
    }

    private void fire(Route route, Dispatch dispatch) {
        if (route.sync()) {
            try {
                isolation.fire(dispatch, () -> route.event().fire(dispatch.message()));
            } catch (Throwable e) { // thrown by the container itself
                dispatch.failed("the container", e);
            }
        }
        for (Target.OfConsumer each : route.consumers()) {
            dispatch.beforeCall(each.location());
            try {
                each.consumer().accept(dispatch.message());
            } catch (Throwable e) { // a consumer may throw anything
                dispatch.failed(each.location(), e);
            } finally {
                dispatch.afterCall(each.location());
            }
        }
    }

    private CompletableFuture<?> fireAsync(Route route, Dispatch dispatch) {
        try {
            return route.event()
                    .fireAsync(
                            dispatch.message(),
                            NotificationOptions.ofExecutor(isolation.executor(dispatch, asyncObservers)))
                    .toCompletableFuture();
        } catch (Throwable e) { // thrown by the container itself
            dispatch.failed("the container", e);
            return CompletableFuture.completedFuture(null);
        }
    }

    /** An empty payload removes a retained message, perhaps many: no fault, but observers may not expect it. */
    private Level level(String observer, Throwable cause) {
        if (cause instanceof ConversionException conversion && conversion.isOfEmptyPayload()) {
            boolean known = warnedOfEmpty.size() >= MOST_WARNED || !warnedOfEmpty.add(observer);
            return known ? Level.DEBUG : Level.WARNING;
        }
        return MessageId.OBSERVER_FAILED.level();
    }

    private BiConsumer<String, Throwable> failures(
            MqttMessage message, Packet.Publish inbound, Consumer<ObserverFailure> failures) {
        return (observer, cause) -> {
            failures.accept(new ObserverFailure(observer, ConversionException.types(cause)));
            events.log(
                    level(observer, cause),
                    "dispatch",
                    () -> MessageId.OBSERVER_FAILED + ": " + observer + " failed on a message to '"
                            + Printable.of(message.topic()) + "': "
                            + (cause instanceof ConversionException ? cause.getMessage() : cause),
                    cause instanceof ConversionException ? null : cause);
            if (cause instanceof ConversionException conversion && conversion.getCause() != null) {
                events.log(Level.DEBUG, "dispatch", () -> "the cause: " + conversion.trace(), null);
            }
            MqttEvent.MessageFailed failure = new MqttEvent.MessageFailed(broker, message, observer, cause);
            listener.failed(inbound, failure);
            if (events.observes(MqttEvent.MessageFailed.class)) {
                events.event(failure);
            }
        };
    }
}
