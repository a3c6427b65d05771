package io.github.cdimqtt.internal.application;

import static java.util.Objects.requireNonNull;

import io.github.cdimqtt.Mqtt;
import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.MqttEvent;
import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.MqttMessage;
import io.github.cdimqtt.MqttMetrics;
import io.github.cdimqtt.MqttProperties;
import io.github.cdimqtt.PublishInTransaction;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.Retained;
import io.github.cdimqtt.internal.concurrent.MappedStage;
import io.github.cdimqtt.internal.convert.Converters;
import io.github.cdimqtt.internal.dispatch.ReceivedMessages;
import io.github.cdimqtt.internal.dispatch.RoutingTable;
import io.github.cdimqtt.internal.observability.Readiness;
import io.github.cdimqtt.internal.outbox.Outbox;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.internal.session.Session;
import io.github.cdimqtt.internal.text.Printable;
import io.github.cdimqtt.internal.topic.TopicFilter;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The {@link Mqtt} that applications inject: validates and converts arguments before they reach the session. Thread-safe. */
final class MqttConnection implements Mqtt {
    /** Who is told of topic filters. Guarded by the routing table. */
    private static final class FilterListeners {
        private Consumer<String> subscribed = filter -> {};
        private Consumer<String> unsubscribed = filter -> {};
    }

    private final String broker;
    private final CallChecks checks;
    private final Session session;
    private final RoutingTable routing;
    private final PublishPackets packets;
    private final ConnectionPublisher publisher;
    private final ReceivedMessages received;
    private final @Nullable Outbox outbox;
    private final FilterListeners listeners;

    MqttConnection(
            String broker,
            MqttConfig config,
            Session session,
            RoutingTable routing,
            Converters converters,
            Map<PublishInTransaction, Publishing> publishings,
            @Nullable Outbox outbox) {
        this.broker = broker;
        this.checks = new CallChecks(broker, config);
        this.session = session;
        this.routing = routing;
        this.received = new ReceivedMessages(broker, converters);
        this.packets = new PublishPackets(converters, checks.isMqtt5());
        this.publisher = new ConnectionPublisher(checks, session, packets, publishings, config.publishInTransaction());
        this.outbox = outbox;
        this.listeners = new FilterListeners();
    }

    /** The same connection, which publishes in another way. */
    private MqttConnection(MqttConnection same, ConnectionPublisher publisher) {
        this.broker = same.broker;
        this.checks = same.checks;
        this.session = same.session;
        this.routing = same.routing;
        this.packets = same.packets;
        this.publisher = publisher;
        this.received = same.received;
        this.outbox = same.outbox;
        this.listeners = same.listeners;
    }

    @Override
    public CompletionStage<MqttEvent.Published> publish(
            String topic, @Nullable Object payload, Qos qos, boolean retain, MqttProperties properties) {
        return publisher.publish(topic, payload, qos, retain, properties);
    }

    @Override
    public CompletionStage<MqttEvent.Published> reply(
            MqttMessage request, @Nullable Object payload, MqttProperties properties) {
        return publisher.reply(request, payload, properties);
    }

    @Override
    public Mqtt inTransaction(PublishInTransaction when) {
        return new MqttConnection(this, publisher.when(when));
    }

    private <T extends @Nullable Object> CompletionStage<T> call(String name, Supplier<CompletionStage<T>> action) {
        return checks.call(session, name, action);
    }

    @Override
    public CompletionStage<Qos> subscribe(
            String filter, Qos qos, Retained retained, @Nullable Consumer<MqttMessage> consumer) {
        requireNonNull(filter, "filter");
        requireNonNull(qos, "qos");
        requireNonNull(retained, "retained");
        return call("subscribe", () -> {
            checks.requireSupport(retained);
            TopicFilter parsed = TopicFilter.of(filter);
            requireNoSharedOverlap(parsed);
            synchronized (routing) { // routes and subscriptions change in the same order
                routing.subscribe(parsed, consumer);
                if (consumer != null) {
                    listeners.subscribed.accept(parsed.toString());
                }
                session.begin();
                return session.subscribe(parsed, qos, retained, consumer != null);
            }
        });
    }

    @Override
    public CompletionStage<Void> unsubscribe(String filter) {
        requireNonNull(filter, "filter");
        return call("unsubscribe", () -> {
            TopicFilter parsed = TopicFilter.of(filter);
            synchronized (routing) {
                routing.unsubscribe(parsed);
                if (!routing.isTimed(parsed)) { // unsubscribed observers still are
                    listeners.unsubscribed.accept(parsed.toString());
                }
                session.begin();
                return session.unsubscribe(parsed);
            }
        });
    }

    @Override
    public CompletionStage<Void> unsubscribeAll() {
        return call("unsubscribeAll", () -> {
            synchronized (routing) {
                Set<String> before = new HashSet<>(routing.handling().keySet());
                routing.unsubscribeAll();
                before.removeAll(routing.handling().keySet());
                before.forEach(listeners.unsubscribed);
                session.begin();
                return session.unsubscribeAll();
            }
        });
    }

    @Override
    public <T> CompletionStage<T> request(String topic, @Nullable Object payload, Class<T> type) {
        requireNonNull(type, "type");
        return MappedStage.of(
                request(topic, payload, Qos.AT_LEAST_ONCE, MqttProperties.NONE), answer -> answer.as(type));
    }

    @Override
    public CompletionStage<MqttMessage> request(
            String topic, @Nullable Object payload, Qos qos, MqttProperties properties) {
        requireNonNull(topic, "topic");
        requireNonNull(qos, "qos");
        requireNonNull(properties, "properties");
        return call("request", () -> {
            checks.requireMqtt5("request");
            checks.requireNoReply(properties);
            Packet.Publish message = packets.packet(topic, payload, qos, false, properties);
            session.begin();
            return MappedStage.of(session.request(message), received::message);
        });
    }

    @Override
    public CompletionStage<Void> reauthenticate() {
        return call("reauthenticate", () -> {
            checks.requireMqtt5("reauthenticate");
            return session.reauthenticate();
        });
    }

    @Override
    public CompletionStage<Void> connect() {
        return call("connect", session::connect);
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
        MqttMetrics metrics = session.metrics(routing.handling());
        return outbox == null ? metrics : metrics.withOutbox(outbox.pending(), outbox.failed());
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
            listeners.subscribed = subscribed;
            listeners.unsubscribed = unsubscribed;
        }
    }

    /** Returns whether it is ready. */
    Readiness readiness() {
        return checks.enabled()
                ? Readiness.of(isConnected(), session.wanted(), subscriptions().keySet())
                : Readiness.SWITCHED_OFF;
    }

    @Override
    public String toString() {
        return "Mqtt[" + broker + " as " + Printable.of(clientId()) + "]";
    }

    private void requireNoSharedOverlap(TopicFilter filter) {
        TopicFilter other = routing.sharedOverlap(filter);
        if (other != null) {
            throw new MqttException("'" + filter + "' overlaps '" + other + "' on the connection '" + broker
                    + "': each message would be handled twice; use a second @MqttBroker for one of them");
        }
    }
}
