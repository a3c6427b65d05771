package io.github.cdimqtt.internal.session.subscription;

import io.github.cdimqtt.MqttReason;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.Retained;
import io.github.cdimqtt.internal.topic.TopicFilter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The subscriptions of a session: which topic filters are wanted, which of them the broker must know, and which it has
 * granted. A filter that another wanted one covers is not sent, so that the broker does not send a copy for each. The
 * covering one is requested with the highest QoS of them all. On the session's executor only.
 */
final class SubscriptionRegistry {
    /** How often the broker hangs up over a filter before it is left out: a single time may be the fault of another. */
    static final int MAX_HANG_UPS = 3;

    private final Map<TopicFilter, WantedFilter> known = new LinkedHashMap<>();
    private final FilterCoverage coverage;
    private final DueFilters due = new DueFilters();
    private final FilterIdentifiers identifiers;
    private final boolean sessionKept;
    private Set<WantedFilter> changed = new LinkedHashSet<>();

    SubscriptionRegistry(SubscriptionOptions options, Overlaps overlaps) {
        this.sessionKept = options.sessionKept();
        this.coverage = new FilterCoverage(options.identifiers());
        this.identifiers = new FilterIdentifiers(overlaps);
    }

    /** Adds a wanted filter, or changes its QoS and which of its retained messages come. */
    void want(TopicFilter filter, Qos qos, Retained retained, boolean consumer) {
        WantedFilter wanted = known.computeIfAbsent(filter, WantedFilter::new);
        wanted.subscribedFired = false;
        wanted.retained.choose(new Recipient(filter, consumer), retained, wanted.wantedQos == null);
        if (wanted.sentAs() != null) {
            coverage.change(wanted, qos);
        } else {
            wanted.begin(qos);
            coverage.add(wanted);
        }
        changed.add(wanted);
        WantedFilter sent = wanted.sentAs();
        if (sent != null) {
            // Requested even if nothing changed: then the broker sends retained messages again, as in MQTT.
            sent.requestedQos = null;
        }
        review();
    }

    /** Removes a wanted filter. A kept session may know it from an earlier run of the application. */
    void drop(TopicFilter filter) {
        WantedFilter wanted = known.get(filter);
        if (wanted == null) {
            if (!sessionKept) {
                return;
            }
            wanted = new WantedFilter(filter);
            known.put(filter, wanted);
        }
        coverage.remove(wanted);
        wanted.knownToBroker |= sessionKept && !wanted.leftOut;
        wanted.begin(null);
        review();
    }

    /** Returns all wanted filters, in the order in which they were wanted first. */
    List<TopicFilter> wanted() {
        return known.values().stream()
                .filter(each -> each.wantedQos != null)
                .map(each -> each.filter)
                .toList();
    }

    /** The broker accepted a connection, on which overlapping filters get an identifier or not. */
    void connected(boolean identified) {
        if (identifiers.use(identified)) {
            known.values().forEach(this::review);
        }
    }

    /** Forgets what the broker granted: it may not know this client any more. */
    void connectionLost() {
        for (WantedFilter each : known.values()) {
            each.connectionLost();
            each.knownToBroker &= sessionKept;
            if (each.isRequestable() && each.sentAs() == null) {
                coverage.add(each);
            }
        }
        due.clear(); // requested in the order in which they were wanted
        coverage.changed();
        known.values().forEach(this::review);
    }

    /** Forgets all hang-ups, so that filters that were left out are requested again. */
    void resetHangUps() {
        known.values().forEach(each -> each.hangUps = 0);
        retryLeftOut(0);
    }

    /** Gives filters that were left out one more try, as the connection ended over something else. */
    void retryLeftOutOnce() {
        retryLeftOut(MAX_HANG_UPS - 1);
    }

    private void retryLeftOut(int hangUps) {
        for (WantedFilter each : known.values()) {
            if (each.leftOut) {
                each.leftOut = false;
                if (each.wantedQos != null) {
                    each.hangUps = hangUps;
                    coverage.add(each);
                }
            }
        }
        review();
    }

    /** Returns the filters to subscribe next, for one packet, and marks them as requested. */
    List<WantedFilter> subscribeNext(Predicate<List<WantedFilter>> inOnePacket) {
        List<WantedFilter> next = due.nextToSubscribe(inOnePacket);
        next.forEach(WantedFilter::requested);
        next.forEach(identifiers::requested);
        return next;
    }

    /** Returns the filters to unsubscribe next, for one packet. */
    List<WantedFilter> unsubscribeNext(Predicate<List<WantedFilter>> inOnePacket) {
        List<WantedFilter> next = due.nextToUnsubscribe(inOnePacket);
        for (WantedFilter each : next) {
            each.requestedQos = null;
            each.grantedQos = null;
            identifiers.ending(each);
        }
        return next;
    }

    /** The broker ended a subscription. Until then, the next connection ends it again. */
    void unsubscribed(WantedFilter wanted) {
        wanted.hangUps = 0;
        wanted.forgottenByBroker();
        changed.add(wanted);
    }

    /** The broker refused to end a subscription: it still has it. It is asked again on the next connection, not on this one. */
    void endRefused(WantedFilter wanted) {
        wanted.hangUps = 0;
        wanted.endRefused = true;
        changed.add(wanted);
    }

    /** The broker granted a filter. */
    void granted(WantedFilter wanted, Qos granted) {
        wanted.hangUps = 0;
        wanted.requestedHere = true;
        wanted.retainedAnswered(true);
        identifiers.granted(wanted, granted);
        if (wanted.grantedQos != granted) {
            wanted.grantedQos = granted;
            changed.add(wanted);
            changed.addAll(wanted.covered);
        }
    }

    /** The broker refused a filter, or will: it is not requested again on this connection. */
    void refused(WantedFilter wanted, MqttReason reason) {
        wanted.hangUps = 0;
        wanted.refusal = reason;
        wanted.retainedAnswered(false);
        exclude(wanted);
    }

    /** The broker refused a filter because of its identifier: from now on, all go without. */
    void identifierRefused(WantedFilter wanted) {
        wanted.identifierRefused();
        identifiers.use(false);
        known.values().forEach(this::review);
    }

    /** The broker hung up over a request. Returns the filters that are left out because of it. */
    List<WantedFilter> hungUp(Collection<WantedFilter> request) {
        List<WantedFilter> leftOut = new ArrayList<>();
        for (WantedFilter each : request) {
            if (++each.hangUps == MAX_HANG_UPS) {
                each.hangUps = 0;
                each.leftOut = true;
                exclude(each);
                leftOut.add(each);
            }
        }
        return leftOut;
    }

    private void exclude(WantedFilter wanted) {
        wanted.forgottenByBroker();
        coverage.remove(wanted);
        review();
    }

    /** Returns the filters that changed since the last call. */
    Set<WantedFilter> changes() {
        Set<WantedFilter> all = changed;
        changed = new LinkedHashSet<>();
        for (WantedFilter each : all) {
            if (!each.needed && !each.knownToBroker) {
                identifiers.forget(each);
            }
            if (each.wantedQos == null && !each.knownToBroker) {
                known.remove(each.filter, each);
            }
        }
        return all;
    }

    @Nullable
    WantedFilter find(TopicFilter filter) {
        return known.get(filter);
    }

    /** Returns how many nodes were visited so far to find covering filters. */
    long visited() {
        return coverage.visited();
    }

    private void review() {
        coverage.changed().forEach(this::review);
    }

    /** Decides whether a filter must be subscribed or unsubscribed. */
    private void review(WantedFilter wanted) {
        changed.add(wanted);
        due.remove(wanted);
        boolean unidentified = identifiers.isMissing(wanted);
        boolean unsubscribed = wanted.requestedQos != wanted.highestQos() || unidentified;
        if (wanted.needed ? unsubscribed : wanted.knownToBroker && !wanted.endRefused) {
            due.add(wanted);
        }
    }
}
