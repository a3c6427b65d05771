package io.github.cdimqtt.internal.dispatch;

import io.github.cdimqtt.MqttEvent;
import io.github.cdimqtt.MqttMessage;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.concurrent.SessionExecutors;
import io.github.cdimqtt.internal.convert.ConversionException;
import io.github.cdimqtt.internal.convert.Converters;
import io.github.cdimqtt.internal.reporting.MessageId;
import io.github.cdimqtt.internal.session.inbound.MessageHandler;
import io.github.cdimqtt.internal.session.inbound.Outcome;
import io.github.cdimqtt.internal.session.subscription.Recipient;
import io.github.cdimqtt.internal.text.Printable;
import io.github.cdimqtt.internal.topic.TopicFilter;
import io.github.cdimqtt.internal.transport.InboundMessage;
import jakarta.enterprise.event.NotificationOptions;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Turns each message of one connection into one CDI event, within a request scope: sync observers first, then consumers
 * on the same thread, and async observers beside them. Thread-safe.
 */
public final class Dispatcher implements MessageHandler {
    private static final List<CompletableFuture<Outcome>> AT_ONCE =
            Stream.of(Outcome.values()).map(CompletableFuture::completedFuture).toList();

    private static final int MOST_WARNED = 1_000;

    private final String broker;
    private final RoutingTable routing;
    private final Converters converters;
    private final ObserverIsolation isolation;
    private final RequestScope requestScope;
    private final Executor asyncObservers;
    private final SlowObserverWatch overdue;
    private final ConnectionEvents events;
    private final Set<String> warnedOfEmpty = ConcurrentHashMap.newKeySet(); // observers, by place

    public Dispatcher(
            String broker,
            RoutingTable routing,
            Converters converters,
            ObserverIsolation isolation,
            RequestScope requestScope,
            SessionExecutors threads,
            ConnectionEvents events) {
        this.broker = broker;
        this.routing = routing;
        this.converters = converters;
        this.isolation = isolation;
        this.requestScope = requestScope;
        this.asyncObservers = threads.observers();
        this.overdue = new SlowObserverWatch(threads.timer(), this::tellOverdue);
        this.events = events;
    }

    @Override
    public CompletableFuture<Outcome> handle(InboundMessage inbound, @Nullable Set<Recipient> recipients) {
        long began = System.nanoTime();
        MqttMessage message = MqttMessage.builder()
                .topic(inbound.topic())
                .payload(inbound.payload())
                .qos(inbound.qos())
                .retained(inbound.retained())
                .duplicate(inbound.duplicate())
                .broker(broker)
                .converter(converters)
                .build();
        events.log(Level.DEBUG, "dispatch", () -> "received " + message, null);
        Route route = recipients == null ? routing.route(inbound.topic()) : routing.route(inbound.topic(), recipients);
        boolean prefixed = route.times().isEmpty() && warnsOfPrefix(message);
        if (!route.isHeard()) {
            if (!prefixed && recipients == null) {
                warnOfUnheard(inbound.topic());
            }
            return AT_ONCE.get(Outcome.UNHEARD.ordinal());
        }
        Dispatch firing = new Dispatch(message, route, converters, failures(message));
        boolean awaited = inbound.qos() != Qos.AT_MOST_ONCE;
        if (awaited) {
            overdue.begin(firing);
        }
        CompletableFuture<?> beside = route.async() ? fireAsync(route, firing) : null;
        if (route.sync() || !route.consumers().isEmpty()) {
            requestScope.run(() -> fire(route, firing));
        }
        return beside == null
                ? AT_ONCE.get(end(firing, awaited, route, began).ordinal())
                : beside.handle((done, failure) -> end(firing, awaited, route, began));
    }

    private Outcome end(Dispatch firing, boolean awaited, Route route, long began) {
        long nanos = System.nanoTime() - began;
        for (HandlingTime each : route.times()) {
            each.add(nanos);
        }
        if (awaited) {
            overdue.end(firing);
        }
        return firing.outcome();
    }

    /** A broker that takes a filter, and sends its messages on another topic, is granted by all that MQTT says. */
    private boolean warnsOfPrefix(MqttMessage message) {
        TopicFilter meant = routing.meant(message.topic());
        if (meant != null) {
            events.log(
                    MessageId.UNKNOWN_PREFIX,
                    "dispatch",
                    () -> "a message to '" + Printable.of(message.topic())
                            + "' matches no topic filter, but would"
                            + " match '" + meant
                            + "' without its beginning: probably that is a prefix of this broker that"
                            + " cdi-mqtt does not know, so that its messages are @Unmatched; use $share/<group>/");
        }
        return meant != null;
    }

    /** Which subscription brings a message, MQTT 3.1.1 does not say; so topics are named, the first few of them. */
    private void warnOfUnheard(String topic) {
        int unheard = routing.newlyUnheard(topic);
        if (unheard > 0) {
            events.log(
                    MessageId.UNOBSERVED_MESSAGE,
                    "dispatch",
                    () -> "nobody observes a message to '" + Printable.of(topic) + "'; observe its topic or"
                            + " @Unmatched, or, if the broker kept the filter from an earlier version of the"
                            + " application, end that with mqtt.unsubscribe"
                            + (unheard < RoutingTable.MOST_UNHEARD
                                    ? ""
                                    : "; further topics are counted and not named"));
        }
    }

    private void tellOverdue(Dispatch firing) {
        MqttMessage message = firing.message();
        List<String> atWork = firing.atWork();
        events.log(
                MessageId.SLOW_OBSERVER,
                "dispatch",
                () -> "a message to '" + Printable.of(message.topic()) + "' is unacknowledged after "
                        + SlowObserverWatch.LONG.toSeconds() + " s: "
                        + (atWork.isEmpty() ? "an async observer that waits for a thread" : String.join(", ", atWork))
                        + " has not returned; the broker may hold further messages back");
    }

    private void fire(Route route, Dispatch firing) {
        if (route.sync()) {
            try {
                isolation.fire(firing, () -> route.event().fire(firing.message()));
            } catch (Throwable e) { // of what the container does around the observers
                firing.failed("the container", e);
            }
        }
        for (TopicConsumer each : route.consumers()) {
            firing.calling(each.place());
            try {
                each.consumer().accept(firing.message());
            } catch (Throwable e) { // a consumer may throw whatever it likes
                firing.failed(each.place(), e);
            } finally {
                firing.called(each.place());
            }
        }
    }

    private CompletableFuture<?> fireAsync(Route route, Dispatch firing) {
        try {
            return route.event()
                    .fireAsync(
                            firing.message(),
                            NotificationOptions.ofExecutor(isolation.executor(firing, asyncObservers)))
                    .toCompletableFuture();
        } catch (Throwable e) { // of what the container does around the observers
            firing.failed("the container", e);
            return CompletableFuture.completedFuture(null);
        }
    }

    /** Retained messages are removed with an empty payload, perhaps many: no fault, but its observers may not know. */
    private Level level(String observer, Throwable cause) {
        if (cause instanceof ConversionException conversion && conversion.isOfEmptyPayload()) {
            boolean known = warnedOfEmpty.size() >= MOST_WARNED || !warnedOfEmpty.add(observer);
            return known ? Level.DEBUG : Level.WARNING;
        }
        return MessageId.OBSERVER_FAILED.level();
    }

    private BiConsumer<String, Throwable> failures(MqttMessage message) {
        return (observer, cause) -> {
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
            if (events.observes(MqttEvent.MessageFailed.class)) {
                events.event(new MqttEvent.MessageFailed(broker, message, observer, cause));
            }
        };
    }
}
