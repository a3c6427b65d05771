package io.github.cdimqtt.internal.session.subscription;

import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.concurrent.StageCompleter;
import io.github.cdimqtt.internal.reporting.IgnoredFailures;
import io.github.cdimqtt.internal.topic.TopicFilter;
import io.github.cdimqtt.internal.transport.Subscription;
import io.github.cdimqtt.internal.transport.Transport;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Brings the broker to what the registry wants: subscribes first, and unsubscribes what is no longer needed only when
 * that is answered, so that no message falls between. One packet at a time: what the broker kept comes with each, and a
 * broker that hangs up is known to mean the packet that it has not answered. When nothing is left to do, those who wait
 * are answered. Touched on the session's lane only, but for {@link #effective} and {@link #wanted}.
 */
public final class SubscriptionSync {
    /** AWS IoT takes no more topic filters in one packet, of either kind; others take any number. */
    private static final int FILTERS_IN_A_PACKET = 8;

    private final SubscriptionLog news;
    private final StageCompleter replies;
    private final SubscriptionRegistry registry;
    private final RetainedMessages retained;
    private final WaitingCalls waiting;
    private final Map<String, Qos> effective = new ConcurrentHashMap<>();
    private final Set<String> wanted = ConcurrentHashMap.newKeySet();

    private Transport.@Nullable Connection connection;
    private @Nullable RequestListener listener;
    private @Nullable Runnable whenSettled;
    private List<WantedFilter> request = List.of(); // not answered
    private boolean answered;

    public SubscriptionSync(
            SubscriptionLog news, SubscriptionRegistry registry, StageCompleter replies, RetainedMessages retained) {
        this.news = news;
        this.registry = registry;
        this.replies = replies;
        this.waiting = new WaitingCalls(replies);
        this.retained = retained;
    }

    /** Returns the granted filters, as they are now. Any thread. */
    public Map<String, Qos> effective() {
        return Map.copyOf(effective);
    }

    /** Returns the filters that are wanted, granted or not. Any thread. */
    public Set<String> wanted() {
        return Set.copyOf(wanted);
    }

    /** Says how many of the wanted filters are granted. */
    public String state() {
        int all = wanted.size();
        int granted = effective.size();
        return (granted == all ? "" : granted + " of ") + all + (all == 1 ? " topic filter" : " topic filters");
    }

    /** Tells whether an answer of the broker is outstanding. */
    public boolean isWaiting() {
        return !request.isEmpty();
    }

    /** Tells whether the broker has answered all that is wanted now, on this connection or a former one. */
    public boolean wasAnswered() {
        return answered;
    }

    /** Subscribes all that is wanted on a new connection. */
    public void connected(Transport.Connection connection, RequestListener listener, Runnable whenSettled) {
        this.connection = connection;
        this.listener = listener;
        this.whenSettled = whenSettled;
        reconcile();
    }

    public void lost() {
        connection = null;
        request = List.of();
        retained.lost();
        registry.connectionLost();
        effective.clear();
    }

    /** The connection ended, and not over a request: what was left out is asked for once more, perhaps it was innocent. */
    public void lostOverSomethingElse() {
        registry.giveAnotherTry();
    }

    /** The broker hung up before it answered. One that always does so is not asked again: MQTT 3.1.1 has no other no. */
    public void hungUp() {
        for (WantedFilter each : registry.hungUp(request)) {
            waiting.fail(each.filter, news.leftOut(each));
        }
    }

    public void want(TopicFilter filter, Qos qos, boolean consumer, CompletableFuture<Qos> reply) {
        answered = false;
        wanted.add(filter.wire());
        registry.want(filter, qos, consumer);
        waiting.add(filter, reply, () -> answer(filter, reply));
        reconcile();
    }

    public void drop(TopicFilter filter, CompletableFuture<@Nullable Void> reply) {
        forget(filter, reply);
        reconcile();
    }

    public void dropAll(CompletableFuture<@Nullable Void> reply) {
        registry.wanted().forEach(filter -> forget(filter, new CompletableFuture<>()));
        waiting.add(null, reply, () -> replies.complete(reply));
        reconcile();
    }

    private void forget(TopicFilter filter, CompletableFuture<@Nullable Void> reply) {
        answered = false;
        wanted.remove(filter.wire());
        registry.drop(filter);
        waiting.add(filter, reply, () -> replies.complete(reply));
    }

    /** The broker answered the one request. */
    public void granted(int[] reasonCodes) {
        List<WantedFilter> asked = request;
        request = List.of();
        retained.answered(asked.size());
        for (int i = 0; i < asked.size(); i++) {
            int reasonCode = i < reasonCodes.length ? reasonCodes[i] : SubscriptionRegistry.REFUSED;
            Qos askedFor = asked.get(i).asked;
            if (!registry.answered(asked.get(i), reasonCode)) {
                news.refused(asked.get(i), reasonCode);
            } else if (askedFor != null) {
                news.granted(asked.get(i), askedFor);
            }
        }
        reconcile();
    }

    public void unsubscribed() {
        List<WantedFilter> asked = request;
        request = List.of();
        registry.unsubscribed(asked);
        reconcile();
    }

    /** Fails all who wait, and lets what the broker hung up over be asked for again. */
    public void fail(MqttException cause) {
        waiting.failAll(cause);

        registry.forgive();
    }

    private void reconcile() {
        Transport.Connection current = connection;
        if (current == null || isWaiting()) {
            return;
        }
        request = registry.subscribeNext(FILTERS_IN_A_PACKET);
        if (isWaiting()) {
            request.forEach(each -> retained.asked(each.filter, recipients(each)));
            current.subscribe(request.stream()
                    .map(each -> new Subscription(each.filter.wire(), each.highest()))
                    .toList());
        } else {
            request = registry.unsubscribeNext(FILTERS_IN_A_PACKET);
            if (isWaiting()) {
                current.unsubscribe(
                        request.stream().map(each -> each.filter.wire()).toList());
            } else {
                settle();
            }
        }
        report(listener);
    }

    private void report(@Nullable RequestListener listener) {
        if (listener != null) {
            if (isWaiting()) {
                listener.requested();
            } else {
                listener.settled();
            }
        }
    }

    /** What comes while the connection opens is for everyone. */
    private @Nullable Set<Recipient> recipients(WantedFilter asked) {
        Set<Recipient> fresh = asked.takeRecipients();
        return whenSettled == null ? fresh : null;
    }

    private void settle() {
        answered = true;
        for (WantedFilter each : registry.changes()) {
            settle(each);
        }
        waiting.complete();

        if (whenSettled != null) {
            Runnable first = whenSettled;
            whenSettled = null;
            first.run();
        }
    }

    private void settle(WantedFilter it) {
        Qos granted = it.effective();
        if (granted != null) {
            effective.put(it.filter.wire(), granted);
            if (!it.announced) {
                it.announced = true;
                news.subscribed(it, granted);
            }
        } else {
            effective.remove(it.filter.wire());
            if (it.announced && it.wanted == null) {
                it.announced = false;
                news.unsubscribed(it);
            }
        }
    }

    private void answer(TopicFilter filter, CompletableFuture<Qos> reply) {
        Qos granted = effective.get(filter.wire());
        WantedFilter it = registry.find(filter);
        if (granted != null) {
            replies.complete(reply, granted);
        } else if (it != null && it.refused) {
            replies.fail(
                    reply, new IgnoredFailures.KnownFailure("the broker refused the subscription to '" + filter + "'"));
        } else {
            replies.fail(
                    reply,
                    new IgnoredFailures.KnownFailure("'" + filter + "' was unsubscribed before the broker answered"));
        }
    }
}
