package io.github.cdimqtt.internal.session.subscription;

import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.topic.TopicFilter;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A topic filter of the {@link SubscriptionRegistry}: whether it is wanted, which filter covers it and which it covers,
 * and its state at the broker. On the session's executor only.
 */
final class WantedFilter {
    final TopicFilter filter;

    /** The wanted QoS; null if the filter is not wanted (any more). */
    @Nullable
    Qos wantedQos;

    /** Whether the broker must know the filter: wanted, not refused, and covered by no other. */
    boolean needed;

    /** The needed filter that is sent in its place; null if it is needed itself, not wanted, or refused. */
    @Nullable
    WantedFilter cover;

    /** The filters that it covers; only of a needed one. */
    final Set<WantedFilter> covered = new LinkedHashSet<>(2);

    /** Those of them, and perhaps itself, whose retained messages were not requested yet. */
    final Set<WantedFilter> awaitingRetained = new LinkedHashSet<>(2);

    /** The recipients of its retained messages. */
    final Set<Recipient> retainedRecipients = new LinkedHashSet<>(2);

    /** How many filters are sent as this one, by their wanted QoS. */
    private final int[] countByQos = new int[Qos.values().length];

    /** The QoS requested on this connection; null if it was not requested. */
    @Nullable
    Qos requestedQos;

    /** The QoS granted on this connection; null if none was. */
    @Nullable
    Qos grantedQos;

    /** Whether the broker may know the filter, also from an earlier connection. */
    boolean knownToBroker;

    /** Whether the broker refused it on this connection. */
    boolean refused;

    /** Whether it is not requested any more, because the broker hung up each time. */
    boolean leftOut;

    /** How often in a row the broker hung up instead of answering a request for it. */
    int hangUps;

    /** The granted QoS, lower than requested, that was logged; null if none was. */
    @Nullable
    Qos reportedQos;

    /** Whether {@code Subscribed} was fired, and {@code Unsubscribed} was not since. */
    boolean subscribedFired;

    WantedFilter(TopicFilter filter) {
        this.filter = filter;
    }

    /** Returns the highest QoS of itself and of the filters that it covers. */
    Qos highestQos() {
        for (int i = countByQos.length - 1; i > 0; i--) {
            if (countByQos[i] > 0) {
                return Qos.of(i);
            }
        }
        return Qos.AT_MOST_ONCE;
    }

    void count(Qos qos) {
        countByQos[qos.level()]++;
    }

    void discount(Qos qos) {
        countByQos[qos.level()]--;
    }

    /** Returns the filter that is sent for it; null if none is. */
    @Nullable
    WantedFilter sentAs() {
        return needed ? this : cover;
    }

    /** Returns the QoS with which its messages are received, perhaps through another filter; null if they are not. */
    @Nullable
    Qos effectiveQos() {
        WantedFilter sent = sentAs();
        return wantedQos == null || sent == null ? null : sent.grantedQos;
    }

    /** Removes and returns the recipients of retained messages, of itself and of the filters that it covers. */
    Set<Recipient> takeRetainedRecipients() {
        Set<Recipient> all = new LinkedHashSet<>();
        for (WantedFilter each : awaitingRetained) {
            all.addAll(each.retainedRecipients);
            each.retainedRecipients.clear();
        }
        awaitingRetained.clear();
        return all;
    }

    boolean isRequestable() {
        return wantedQos != null && !refused && !leftOut;
    }

    @Override
    public String toString() {
        return filter.toString();
    }
}
