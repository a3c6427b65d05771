package io.github.cdimqtt.internal.session.subscription;

import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.concurrent.StageCompleter;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.internal.packet.Terms;
import io.github.cdimqtt.internal.reporting.IgnoredFailures;
import io.github.cdimqtt.internal.topic.TopicFilter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Brings the broker's subscriptions in line with the registry. It subscribes first, and unsubscribes filters that are
 * no longer needed only after the answer, so that no message is missed. One request at a time: each makes the broker
 * send retained messages, and when the broker hangs up, the unanswered request is the likely cause. When nothing is
 * left to do, the waiting calls complete. On the session's executor only, except for {@link #granted()}, {@link #wanted},
 * {@link #summary} and {@link #isWaiting}.
 */
public final class SubscriptionSync {
    /** AWS IoT accepts no more topic filters in one SUBSCRIBE or UNSUBSCRIBE; other brokers accept any number. */
    private static final int FILTERS_IN_A_PACKET = 8;

    private final SubscriptionLog log;
    private final StageCompleter completer;
    private final SubscriptionRegistry registry;
    private final RetainedMessages retained;
    private final WaitingCalls waiting;
    private final Map<String, Qos> grantedFilters = new ConcurrentHashMap<>();
    private final Set<String> wantedFilters = ConcurrentHashMap.newKeySet();

    private @Nullable RequestSender sender;
    private @Nullable Runnable whenOpen;
    private volatile List<WantedFilter> request = List.of(); // unanswered; replaced, never changed
    private boolean allAnswered;

    public SubscriptionSync(
            SubscriptionLog log, SubscriptionRegistry registry, StageCompleter completer, RetainedMessages retained) {
        this.log = log;
        this.registry = registry;
        this.completer = completer;
        this.waiting = new WaitingCalls(completer);
        this.retained = retained;
    }

    /** Returns the granted filters with their QoS. Any thread. */
    public Map<String, Qos> granted() {
        return Map.copyOf(grantedFilters);
    }

    /** Returns the wanted filters, granted or not. Any thread. */
    public Set<String> wanted() {
        return Set.copyOf(wantedFilters);
    }

    /** Returns how many of the wanted filters are granted, as a text. */
    public String summary() {
        int all = wantedFilters.size();
        int granted = grantedFilters.size();
        return (granted == all ? "" : granted + " of ") + all + (all == 1 ? " topic filter" : " topic filters");
    }

    /** Returns whether an answer of the broker is due. Any thread. */
    public boolean isWaiting() {
        return !request.isEmpty();
    }

    /** Returns whether the broker has answered all that is wanted now, on this connection or an earlier one. */
    public boolean wasAnswered() {
        return allAnswered;
    }

    /**
     * Subscribes everything wanted on a new connection.
     *
     * @param terms what the broker allows on it
     * @param whenOpen runs once when everything is answered
     */
    public void connected(RequestSender sender, Terms terms, Runnable whenOpen) {
        this.sender = sender;
        this.whenOpen = whenOpen;
        reconcile();
    }

    public void lost() {
        sender = null;
        request = List.of();
        retained.lost();
        registry.connectionLost();
        grantedFilters.clear();
    }

    /**
     * The connection ended, but not over a request: filters that were left out are requested once more, because they
     * may be innocent.
     */
    public void lostOtherwise() {
        registry.retryLeftOutOnce();
    }

    /**
     * The broker hung up instead of answering a request. A filter over which it always does so is left out: MQTT 3.1.1
     * has no other way to refuse it.
     */
    public void hungUpOnRequest() {
        for (WantedFilter each : registry.hungUp(request)) {
            waiting.fail(each.filter, log.leftOut(each));
        }
    }

    public void want(TopicFilter filter, Qos qos, boolean consumer, CompletableFuture<Qos> stage) {
        allAnswered = false;
        wantedFilters.add(filter.wire());
        registry.want(filter, qos, consumer);
        waiting.add(filter, stage, () -> answer(filter, stage));
        reconcile();
    }

    public void drop(TopicFilter filter, CompletableFuture<@Nullable Void> stage) {
        forget(filter, stage);
        reconcile();
    }

    public void dropAll(CompletableFuture<@Nullable Void> stage) {
        registry.wanted().forEach(filter -> forget(filter, new CompletableFuture<>()));
        waiting.add(null, stage, () -> completer.complete(stage));
        reconcile();
    }

    private void forget(TopicFilter filter, CompletableFuture<@Nullable Void> stage) {
        allAnswered = false;
        wantedFilters.remove(filter.wire());
        registry.drop(filter);
        waiting.add(filter, stage, () -> completer.complete(stage));
    }

    /** The broker answered the SUBSCRIBE, with a code for each filter. */
    public void granted(Packet.SubAck answer) {
        List<WantedFilter> requested = request;
        request = List.of();
        retained.answered(requested.size());
        for (int i = 0; i < requested.size(); i++) {
            int reasonCode = answer.reasonCodes().get(i);
            Qos requestedQos = requested.get(i).requestedQos;
            if (!registry.answered(requested.get(i), reasonCode)) {
                log.refused(requested.get(i), reasonCode);
            } else if (requestedQos != null) {
                log.granted(requested.get(i), requestedQos);
            }
        }
        reconcile();
    }

    /** The broker answered the UNSUBSCRIBE: on MQTT 5 with a code for each filter. */
    public void unsubscribed(Packet.UnsubAck answer) {
        List<WantedFilter> requested = request;
        request = List.of();
        registry.unsubscribed(requested);
        reconcile();
    }

    /** Fails the waiting calls. Filters that were left out are requested again on the next connection. */
    public void failAll(MqttException cause) {
        waiting.failAll(cause);
        registry.resetHangUps();
    }

    private void reconcile() {
        RequestSender current = sender;
        if (current == null || isWaiting()) {
            return;
        }
        request = registry.subscribeNext(FILTERS_IN_A_PACKET);
        if (isWaiting()) {
            request.forEach(each -> retained.requested(each.filter, recipients(each)));
            current.subscribe(request.stream()
                    .map(each -> new Packet.Subscription(each.filter.wire(), each.highestQos()))
                    .toList());
            return;
        }
        request = registry.unsubscribeNext(FILTERS_IN_A_PACKET);
        if (isWaiting()) {
            current.unsubscribe(request.stream().map(each -> each.filter.wire()).toList());
        } else {
            current.settled();
            settle();
        }
    }

    /** Returns the recipients of the messages retained for a filter; null, for everyone, while the connection opens. */
    private @Nullable Set<Recipient> recipients(WantedFilter requested) {
        Set<Recipient> fresh = requested.takeRetainedRecipients();
        return whenOpen == null ? fresh : null;
    }

    private void settle() {
        allAnswered = true;
        for (WantedFilter each : registry.changes()) {
            settle(each);
        }
        waiting.complete();
        if (whenOpen != null) {
            Runnable onOpen = whenOpen;
            whenOpen = null;
            onOpen.run();
        }
    }

    private void settle(WantedFilter wanted) {
        Qos granted = wanted.effectiveQos();
        if (granted != null) {
            grantedFilters.put(wanted.filter.wire(), granted);
            if (!wanted.subscribedFired) {
                wanted.subscribedFired = true;
                log.subscribed(wanted, granted);
            }
        } else {
            grantedFilters.remove(wanted.filter.wire());
            if (wanted.subscribedFired && wanted.wantedQos == null) {
                wanted.subscribedFired = false;
                log.unsubscribed(wanted);
            }
        }
    }

    private void answer(TopicFilter filter, CompletableFuture<Qos> stage) {
        Qos granted = grantedFilters.get(filter.wire());
        WantedFilter wanted = registry.find(filter);
        if (granted != null) {
            completer.complete(stage, granted);
        } else {
            boolean refused = wanted != null && wanted.refused;
            String reason = refused
                    ? "the broker refused the subscription to '" + filter + "'"
                    : "'" + filter + "' was unsubscribed before the broker answered";
            completer.fail(stage, new IgnoredFailures.KnownFailure(reason));
        }
    }
}
