package io.github.cdimqtt.internal.application;

import static java.util.Objects.requireNonNull;

import io.github.cdimqtt.Mqtt;
import io.github.cdimqtt.MqttEvent;
import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.MqttMessage;
import io.github.cdimqtt.MqttMetrics;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.config.ConnectionPrefix;
import io.github.cdimqtt.internal.convert.ConversionException;
import io.github.cdimqtt.internal.convert.Converters;
import io.github.cdimqtt.internal.dispatch.RoutingTable;
import io.github.cdimqtt.internal.observability.Readiness;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.internal.session.Session;
import io.github.cdimqtt.internal.text.Printable;
import io.github.cdimqtt.internal.topic.TopicFilter;
import io.github.cdimqtt.internal.topic.TopicName;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The {@link Mqtt} that applications inject: validates and converts arguments before they reach the session. Thread-safe. */
final class MqttConnection implements Mqtt {
    private static final byte[] EMPTY = {};

    private final String broker;
    private final boolean enabled;
    private final Session session;
    private final RoutingTable routing;
    private final Converters converters;
    private Consumer<String> onSubscribed = filter -> {}; // guarded by routing
    private Consumer<String> onUnsubscribed = filter -> {}; // guarded by routing

    MqttConnection(String broker, boolean enabled, Session session, RoutingTable routing, Converters converters) {
        this.broker = broker;
        this.enabled = enabled;
        this.session = session;
        this.routing = routing;
        this.converters = converters;
    }

    @Override
    public CompletionStage<MqttEvent.Published> publish(
            String topic, @Nullable Object payload, Qos qos, boolean retain) {
        requireNonNull(topic, "topic");
        requireNonNull(qos, "qos");
        Packet.Publish message;
        try {
            requireEnabled();
            TopicName.check(topic);
            message = new Packet.Publish(topic, ByteBuffer.wrap(bytes(topic, payload)), qos, retain, false, 0);
        } catch (MqttException e) {
            return session.failed("publish", e);
        }
        if (qos != Qos.AT_MOST_ONCE) {
            session.begin();
        } else if (!session.hasBegun()) {
            return session.failed(
                    "publish",
                    new MqttException(
                            "a message of QoS 0 to '" + Printable.of(topic) + "' is lost: the connection opens"
                                    + " when the application has started; publish with QoS 1, which opens it at once, or observe"
                                    + " MqttEvent.Connected"));
        }
        return session.publish(message);
    }

    private byte[] bytes(String topic, @Nullable Object payload) {
        if (payload == null) {
            return EMPTY;
        }
        try {
            return written(converters.write(payload));
        } catch (Exception | StackOverflowError e) { // the latter for objects that refer to one another
            throw new MqttException(
                    "can't publish a " + payload.getClass().getName() + " to '" + Printable.of(topic) + "': "
                            + (e instanceof MqttException ? e.getMessage() : ConversionException.types(e)),
                    e);
        }
    }

    private static byte[] written(byte @Nullable [] bytes) {
        if (bytes == null) {
            throw new MqttException("the converter wrote null");
        }
        return bytes;
    }

    @Override
    public CompletionStage<Qos> subscribe(String filter, Qos qos) {
        return subscribeWith(filter, qos, null);
    }

    @Override
    public CompletionStage<Qos> subscribe(String filter, Qos qos, Consumer<MqttMessage> consumer) {
        return subscribeWith(filter, qos, requireNonNull(consumer, "consumer"));
    }

    private CompletionStage<Qos> subscribeWith(String filter, Qos qos, @Nullable Consumer<MqttMessage> consumer) {
        requireNonNull(filter, "filter");
        requireNonNull(qos, "qos");
        try {
            requireEnabled();
            TopicFilter parsed = TopicFilter.of(filter);
            requireNoSharedOverlap(parsed);
            synchronized (routing) { // routes and subscriptions change in the same order
                routing.subscribe(parsed, consumer);
                if (consumer != null) {
                    onSubscribed.accept(parsed.toString());
                }
                session.begin();
                return session.subscribe(parsed, qos, consumer != null);
            }
        } catch (MqttException e) {
            return session.failed("subscribe", e);
        }
    }

    @Override
    public CompletionStage<Void> unsubscribe(String filter) {
        requireNonNull(filter, "filter");
        try {
            requireEnabled();
            TopicFilter parsed = TopicFilter.of(filter);
            synchronized (routing) {
                routing.unsubscribe(parsed);
                if (!routing.isTimed(parsed)) { // unsubscribed observers still are
                    onUnsubscribed.accept(parsed.toString());
                }
                session.begin();
                return session.unsubscribe(parsed);
            }
        } catch (MqttException e) {
            return session.failed("unsubscribe", e);
        }
    }

    @Override
    public CompletionStage<Void> unsubscribeAll() {
        if (!enabled) {
            return session.failed("unsubscribeAll", disabled());
        }
        synchronized (routing) {
            Set<String> before = new HashSet<>(routing.handling().keySet());
            routing.unsubscribeAll();
            before.removeAll(routing.handling().keySet());
            before.forEach(onUnsubscribed);
            session.begin();
            return session.unsubscribeAll();
        }
    }

    @Override
    public CompletionStage<Void> connect() {
        return enabled ? session.connect() : session.failed("connect", disabled());
    }

    @Override
    public CompletionStage<Void> disconnect() {
        return session.disconnect();
    }

    @Override
    public Map<String, Qos> subscriptions() {
        return session.subscriptions();
    }

    @Override
    public boolean isConnected() {
        return session.isConnected();
    }

    @Override
    public String clientId() {
        return session.clientId();
    }

    @Override
    public MqttMetrics metrics() {
        return session.metrics(routing.handling());
    }

    /**
     * Observes the topic filters.
     *
     * @param subscribed called with each filter that is subscribed, now and later, perhaps repeatedly
     * @param unsubscribed called with each filter that is unsubscribed
     */
    void observeFilters(Consumer<String> subscribed, Consumer<String> unsubscribed) {
        synchronized (routing) {
            routing.filters().forEach(filter -> subscribed.accept(filter.toString()));
            onSubscribed = subscribed;
            onUnsubscribed = unsubscribed;
        }
    }

    /** Returns whether it is ready. */
    Readiness readiness() {
        return enabled
                ? Readiness.of(isConnected(), session.wanted(), subscriptions().keySet())
                : Readiness.SWITCHED_OFF;
    }

    @Override
    public String toString() {
        return "Mqtt[" + broker + " as " + Printable.of(clientId()) + "]";
    }

    private void requireEnabled() {
        if (!enabled) {
            throw disabled();
        }
    }

    private MqttException disabled() {
        return new MqttException("the connection '" + broker + "' is switched off; set "
                + ConnectionPrefix.of(broker).prefix() + "enabled=true");
    }

    private void requireNoSharedOverlap(TopicFilter filter) {
        TopicFilter other = routing.sharedOverlap(filter);
        if (other != null) {
            throw new MqttException("'" + filter + "' overlaps '" + other + "' on the connection '" + broker
                    + "': each message would be handled twice; use a second @MqttBroker for one of them");
        }
    }
}
