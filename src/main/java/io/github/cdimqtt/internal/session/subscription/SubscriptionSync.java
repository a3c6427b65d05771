package io.github.cdimqtt.internal.session.subscription;

import static java.util.Objects.requireNonNull;

import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.MqttReason;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.Retained;
import io.github.cdimqtt.internal.concurrent.StageCompleter;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.internal.packet.Terms;
import io.github.cdimqtt.internal.topic.TopicFilter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Brings the broker's subscriptions in line with the registry. It subscribes first, and unsubscribes filters that are
 * no longer needed only after the answer, so that no message is missed. One request at a time: each makes the broker
 * send retained messages, and when the broker hangs up, the unanswered request is the likely cause. When nothing is
 * left to do, the waiting calls complete. On the session's executor only, except for {@link #granted()}, {@link #wanted},
 * {@link #isWanted}, {@link #summary} and {@link #isWaiting}.
 */
public final class SubscriptionSync {
    private final SubscriptionOptions options;
    private final SubscriptionRegistry registry;
    private final SubscriptionOutcomes outcomes;
    private final RetainedMessages retained;
    private final Overlaps overlaps;

    private @Nullable RequestSender sender;
    private @Nullable Runnable whenOpen;
    private BrokerLimits limits;
    private boolean sessionKept;
    private volatile List<WantedFilter> request = List.of(); // unanswered; replaced, never changed
    private boolean allAnswered;

    public SubscriptionSync(
            SubscriptionOptions options,
            SubscriptionLog log,
            StageCompleter completer,
            RetainedMessages retained,
            Overlaps overlaps) {
        this.options = options;
        this.registry = new SubscriptionRegistry(options, overlaps);
        this.outcomes = new SubscriptionOutcomes(log, registry, completer);
        this.retained = retained;
        this.overlaps = overlaps;
        this.limits = new BrokerLimits(options, Terms.OF_3_1_1);
    }

    /** Returns the granted filters with their QoS. Any thread. */
    public Map<String, Qos> granted() {
        return outcomes.granted();
    }

    /** Returns the wanted filters, granted or not. Any thread. */
    public Set<String> wanted() {
        return outcomes.wanted();
    }

    /** Returns whether a filter is wanted, granted or not. Any thread. */
    public boolean isWanted(TopicFilter filter) {
        return outcomes.isWanted(filter);
    }

    /** Returns how many of the wanted filters are granted, as a text. */
    public String summary() {
        return outcomes.summary();
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
     * @param sessionKept whether the broker kept the session, as far as is known
     * @param whenOpen runs once when everything is answered
     */
    public void connected(RequestSender sender, Terms terms, boolean sessionKept, Runnable whenOpen) {
        this.sender = sender;
        this.whenOpen = whenOpen;
        this.sessionKept = sessionKept;
        limits = new BrokerLimits(options, terms);
        overlaps.connected(sender.server(), sessionKept);
        registry.connected(options.identifiers() && terms.subscriptionIdentifiersAvailable() && !overlaps.isBroken());
        reconcile();
    }

    public void lost() {
        sender = null;
        request = List.of();
        retained.lost();
        overlaps.lost();
        registry.connectionLost();
        outcomes.lost();
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
        registry.hungUp(request).forEach(outcomes::leftOut);
    }

    public void want(TopicFilter filter, Qos qos, Retained retained, boolean consumer, CompletableFuture<Qos> stage) {
        allAnswered = false;
        registry.want(filter, qos, retained, consumer);
        outcomes.await(filter, stage);
        reconcile();
    }

    /** A recipient, who receives live messages already, is about to {@link #want} retained ones. Any thread. */
    public void called(Recipient recipient) {
        retained.called(recipient);
    }

    /** Has a wanted filter requested before the others from the next connection on. */
    public void requestFirst(TopicFilter filter) {
        requireNonNull(registry.find(filter)).requestFirst();
    }

    public void drop(TopicFilter filter, CompletableFuture<@Nullable Void> stage) {
        allAnswered = false;
        registry.drop(filter);
        outcomes.awaitEnd(filter, stage);
        reconcile();
    }

    public void dropAll(CompletableFuture<@Nullable Void> stage) {
        allAnswered = false;
        registry.wanted().forEach(registry::drop);
        outcomes.awaitEnd(null, stage);
        reconcile();
    }

    /** The broker answered the SUBSCRIBE, with a code for each filter. */
    public void granted(Packet.SubAck answer) {
        List<WantedFilter> requested = request;
        request = List.of();
        retained.answered(requested.size());
        for (int i = 0; i < requested.size(); i++) {
            granted(requested.get(i), reason(answer.reasonCodes().get(i), answer.remark()));
        }
        reconcile();
    }

    private void granted(WantedFilter wanted, MqttReason reason) {
        if (!reason.isFailure()) {
            registry.granted(wanted, Qos.of(reason.code()));
            outcomes.granted(wanted);
        } else if (reason.code() == BrokerLimits.NO_IDENTIFIERS && wanted.requestedIdentifier > 0) {
            registry.identifierRefused(wanted); // CONNACK had said otherwise
        } else {
            refused(wanted, reason);
        }
    }

    private void refused(WantedFilter wanted, MqttReason reason) {
        registry.refused(wanted, reason);
        outcomes.refused(wanted, reason);
    }

    /** The broker answered the UNSUBSCRIBE: on MQTT 5 with a code for each filter. */
    public void unsubscribed(Packet.UnsubAck answer) {
        List<WantedFilter> requested = request;
        request = List.of();
        for (int i = 0; i < requested.size(); i++) {
            int code = answer.reasonCodes().isEmpty() ? 0 : answer.reasonCodes().get(i);
            MqttReason reason = reason(code, answer.remark());
            if (reason.isFailure()) {
                endRefused(requested.get(i), reason);
            } else {
                registry.unsubscribed(requested.get(i));
            }
        }
        reconcile();
    }

    private void endRefused(WantedFilter wanted, MqttReason reason) {
        registry.endRefused(wanted);
        outcomes.endRefused(wanted, reason);
    }

    private static MqttReason reason(int code, MqttReason remark) {
        return new MqttReason(code, remark.text(), remark.serverReference(), remark.user());
    }

    /** Fails the waiting calls. Filters that were left out are requested again on the next connection. */
    public void failAll(MqttException cause) {
        outcomes.failAll(cause);
        registry.resetHangUps();
    }

    private void reconcile() {
        RequestSender current = sender;
        if (current == null || isWaiting()) {
            return;
        }
        List<WantedFilter> next = limits.nextToSubscribe(registry, this::refused);
        if (!next.isEmpty()) {
            request = next;
            current.subscribe(next.stream().map(this::subscription).toList(), next.get(0).requestedIdentifier);
            return;
        }
        next = limits.nextToUnsubscribe(registry, this::endRefused);
        request = next;
        if (!next.isEmpty()) {
            current.unsubscribe(next.stream().map(each -> each.filter.wire()).toList());
            return;
        }
        current.settled();
        allAnswered = true;
        outcomes.settle();
        if (whenOpen != null) {
            Runnable onOpen = whenOpen;
            whenOpen = null;
            onOpen.run();
        }
    }

    /** Returns how a filter is asked for; its retained messages are for everyone while the connection opens. */
    private Packet.Subscription subscription(WantedFilter wanted) {
        Retained due = wanted.dueRetained();
        Set<Recipient> recipients = wanted.takeRetainedRecipients();
        boolean isNew = !sessionKept && !wanted.requestedHere;
        retained.requested(wanted.filter, whenOpen == null ? recipients : null, options.bringsCopies(due, isNew));
        return options.subscription(wanted, due);
    }
}
