package io.github.cdimqtt.internal.client;

import io.github.cdimqtt.MqttEvent;
import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.Qos;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Brings the broker to what the registry wants: subscribes first, and unsubscribes what is no longer needed only when
 * that is answered, so that no message falls between. One round of packets at a time; when nothing is left to do, those
 * who wait are answered. Touched on the session's lane only, but for {@link #effective}.
 */
final class Subscriber {
    /** AWS IoT takes no more topic filters in one packet; others take any number. */
    private static final int FILTERS_IN_A_PACKET = 8;

    private record Wanting(TopicFilter filter, CompletableFuture<Qos> reply) {}

    private record Dropping(@Nullable TopicFilter filter, CompletableFuture<@Nullable Void> reply) {}

    private final String broker;
    private final SessionListener listener;
    private final Replies replies;
    private final Subscriptions registry;
    private final List<Wanting> wanting = new ArrayList<>();
    private final List<Dropping> dropping = new ArrayList<>();
    private final Set<TopicFilter> announced = new LinkedHashSet<>();

    private Transport.@Nullable Connection connection;
    private Runnable whenSettled = () -> {};
    private int unanswered;
    private boolean answered;
    private volatile Map<String, Qos> effective = Map.of();
    private volatile Set<String> wanted = Set.of();

    Subscriber(SessionSetup setup, Replies replies) {
        this.broker = setup.broker();
        this.registry = new Subscriptions(setup.config().cleanSession());
        this.listener = setup.listener();
        this.replies = replies;
    }

    /** Returns the granted filters, as they are now. Any thread. */
    Map<String, Qos> effective() {
        return effective;
    }

    /** Returns the filters that are wanted, granted or not. Any thread. */
    Set<String> wanted() {
        return wanted;
    }

    /** Tells whether an answer of the broker is outstanding. */
    boolean isWaiting() {
        return unanswered > 0;
    }

    /** Tells whether the broker has answered all that is wanted now, on this connection or a former one. */
    boolean wasAnswered() {
        return answered;
    }

    /** Subscribes all that is wanted on a new connection. */
    void connected(Transport.Connection connection, Runnable whenSettled) {
        this.connection = connection;
        this.whenSettled = whenSettled;
        reconcile();
    }

    void lost() {
        connection = null;
        unanswered = 0;
        registry.connectionLost();
        announced.clear();
        effective = Map.of();
    }

    void want(TopicFilter filter, Qos qos, CompletableFuture<Qos> reply) {
        answered = false;
        registry.want(filter, qos);
        announced.remove(filter);
        wanting.add(new Wanting(filter, reply));
        reconcile();
    }

    void drop(TopicFilter filter, CompletableFuture<@Nullable Void> reply) {
        registry.drop(filter);
        dropping.add(new Dropping(filter, reply));
        reconcile();
    }

    void dropAll(CompletableFuture<@Nullable Void> reply) {
        for (TopicFilter filter : registry.wanted()) {
            registry.drop(filter);
            dropping.add(new Dropping(filter, new CompletableFuture<>()));
        }
        dropping.add(new Dropping(null, reply));
        reconcile();
    }

    void granted(List<Subscription> asked, int[] reasonCodes) {
        unanswered--;
        for (int i = 0; i < asked.size(); i++) {
            String filter = asked.get(i).filter();
            int reasonCode = i < reasonCodes.length ? reasonCodes[i] : Subscriptions.REFUSED;
            if (!registry.answered(filter, reasonCode)) {
                listener.event(new MqttEvent.SubscriptionRefused(broker, filter));
                listener.log(
                        System.Logger.Level.WARNING,
                        "session",
                        () -> "MQTT-103: the broker refused the subscription to '" + filter + "' (reason code 0x"
                                + Integer.toHexString(reasonCode) + "); check the permissions of this client there",
                        null);
            }
        }
        reconcile();
    }

    void unsubscribed() {
        unanswered--;
        registry.unsubscribed();
        reconcile();
    }

    /** Fails all who wait. */
    void fail(MqttException cause) {
        wanting.forEach(each -> replies.fail(each.reply(), cause));
        dropping.forEach(each -> replies.fail(each.reply(), cause));
        wanting.clear();
        dropping.clear();
    }

    private void reconcile() {
        wanted = registry.wanted().stream().map(TopicFilter::wire).collect(Collectors.toUnmodifiableSet());
        Transport.Connection current = connection;
        if (current == null || unanswered > 0) {
            return;
        }
        List<Subscription> subscribe = registry.subscribeNow();
        for (int i = 0; i < subscribe.size(); i += FILTERS_IN_A_PACKET) {
            unanswered++;
            current.subscribe(List.copyOf(subscribe.subList(i, Math.min(subscribe.size(), i + FILTERS_IN_A_PACKET))));
        }
        if (unanswered > 0) {
            return;
        }
        List<String> unsubscribe = registry.unsubscribeNow();
        if (!unsubscribe.isEmpty()) {
            unanswered++;
            current.unsubscribe(unsubscribe);
            return;
        }
        settle();
    }

    private void settle() {
        answered = true;
        effective = Map.copyOf(registry.effective());
        for (TopicFilter filter : registry.wanted()) {
            Qos granted = effective.get(filter.wire());
            if (granted != null && announced.add(filter)) {
                listener.event(new MqttEvent.Subscribed(broker, filter.wire(), granted));
            }
        }
        wanting.forEach(this::answer);
        wanting.clear();
        for (Dropping each : dropping) {
            if (each.filter() != null && announced.remove(each.filter())) {
                listener.event(new MqttEvent.Unsubscribed(broker, each.filter().wire()));
            }
            replies.complete(each.reply());
        }
        dropping.clear();
        Runnable first = whenSettled;
        whenSettled = () -> {};
        first.run();
    }

    private void answer(Wanting each) {
        Qos granted = effective.get(each.filter().wire());
        if (granted != null) {
            replies.complete(each.reply(), granted);
        } else if (registry.isRefused(each.filter())) {
            replies.fail(
                    each.reply(), new MqttException("the broker refused the subscription to '" + each.filter() + "'"));
        } else {
            replies.fail(
                    each.reply(),
                    new MqttException("'" + each.filter() + "' was unsubscribed before the broker answered"));
        }
    }
}
