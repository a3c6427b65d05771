package io.github.cdimqtt.internal.session.subscription;

import io.github.cdimqtt.MqttReason;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.Retained;
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

    /** Which of its retained messages its recipients want. */
    final RetainedChoices retained = new RetainedChoices();

    /** With how many other needed filters it has topics in common; 0 if it is not needed itself. */
    int overlaps;

    /** The identifier that the broker gets to know it by; 0 as long as it needs none. */
    int identifier;

    /** The identifier that it is requested with next; 0 for none. */
    int dueIdentifier;

    /** The identifier that it was requested with on this connection; 0 for none. */
    int requestedIdentifier;

    /** How many filters are sent as this one, by their wanted QoS. */
    private final int[] countByQos = new int[Qos.values().length];

    /** Whether it, or one that is sent as it, is requested before others. */
    boolean first;

    /** The QoS requested on this connection; null if it was not requested. */
    @Nullable
    Qos requestedQos;

    /** The QoS granted on this connection; null if none was. */
    @Nullable
    Qos grantedQos;

    /** Whether the broker may know the filter, also from an earlier connection. */
    boolean knownToBroker;

    /** Whether the broker may have known it before the newest request. */
    boolean knownBefore;

    /** Whether the broker has it since a request on this connection. */
    boolean requestedHere;

    /** Why the broker refused it on this connection; null if it did not. */
    @Nullable
    MqttReason refusal;

    /** Whether the broker refused on this connection to end it. */
    boolean endRefused;

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

    /** It is wanted with a QoS; with null not any more. What the broker refused before does not count. */
    void begin(@Nullable Qos qos) {
        wantedQos = qos;
        refusal = null;
        endRefused = false;
        leftOut = false;
        if (qos == null) {
            retained.clear();
        }
    }

    /** It is about to be requested as it is due. */
    void requested() {
        requestedQos = highestQos();
        requestedIdentifier = dueIdentifier;
        knownBefore = knownToBroker;
        knownToBroker = true;
        endRefused = false;
    }

    /** The broker refused the request for it because of its identifier, so it was not requested. */
    void identifierRefused() {
        requestedQos = null;
        requestedIdentifier = 0;
        knownToBroker = knownBefore;
        retainedAnswered(false);
    }

    /** The broker does not have it any more. */
    void forgottenByBroker() {
        grantedQos = null;
        knownToBroker = false;
        requestedHere = false;
        requestedIdentifier = 0;
    }

    /** Nothing is granted any more, and all recipients want retained messages on the next connection. */
    void connectionLost() {
        requestedQos = null;
        requestedHere = false;
        requestedIdentifier = 0;
        grantedQos = null;
        subscribedFired = false;
        refusal = null;
        endRefused = false;
        retained.connectionLost();
        WantedFilter sent = sentAs();
        if (sent != null && retained.isWaiting()) {
            sent.awaitingRetained.add(this);
        }
    }

    /** Returns which retained messages to request: the most generous choice of those who still wait for theirs. */
    Retained dueRetained() {
        Retained due = Retained.SKIP;
        for (WantedFilter each : awaitingRetained) {
            due = RetainedChoices.mostGenerous(due, each.retained.due(knownBefore));
        }
        return due;
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
        awaitingRetained.forEach(each -> all.addAll(each.retained.request()));
        awaitingRetained.clear();
        return all;
    }

    /** The broker answered the request for it. */
    void retainedAnswered(boolean granted) {
        retainedAnswered(this, granted);
        covered.forEach(each -> retainedAnswered(each, granted));
    }

    private void retainedAnswered(WantedFilter wanted, boolean granted) {
        wanted.retained.answered(granted);
        if (wanted.retained.isWaiting()) {
            awaitingRetained.add(wanted);
        }
    }

    /** From the next connection on, what is sent for it is requested before others. */
    void requestFirst() {
        WantedFilter sent = sentAs();
        if (sent != null) {
            sent.first = true;
        }
    }

    boolean isRequestable() {
        return wantedQos != null && refusal == null && !leftOut;
    }

    @Override
    public String toString() {
        return filter.toString();
    }
}
