package io.github.cdimqtt.internal.session.subscription;

import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.topic.TopicFilter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The subscriptions of a session: which topic filters are wanted, which of them the broker must know, and which it has
 * granted. A filter that another wanted one covers is not sent, so that the broker does not send a copy for each. The
 * covering one is requested with the highest QoS of them all. On the session's executor only.
 */
public final class SubscriptionRegistry {
    static final int REFUSED = 0x80;

    /** How often the broker hangs up over a filter before it is left out: a single time may be the fault of another. */
    static final int MAX_HANG_UPS = 3;

    private final Map<TopicFilter, WantedFilter> known = new LinkedHashMap<>();
    private final FilterCoverage coverage = new FilterCoverage();
    private final Set<WantedFilter> toSubscribe = new LinkedHashSet<>();
    private final Set<WantedFilter> toUnsubscribe = new LinkedHashSet<>();
    private final Set<WantedFilter> suspects = new LinkedHashSet<>(); // of both, requested alone and last
    private Set<WantedFilter> changed = new LinkedHashSet<>();
    private final boolean cleanSession;

    public SubscriptionRegistry(boolean cleanSession) {
        this.cleanSession = cleanSession;
    }

    /** Adds a wanted filter, or changes its QoS. */
    void want(TopicFilter filter, Qos qos, boolean consumer) {
        WantedFilter wanted = known.computeIfAbsent(filter, WantedFilter::new);
        wanted.subscribedFired = false;
        wanted.retainedRecipients.add(new Recipient(filter, consumer));
        if (wanted.sentAs() != null) {
            coverage.change(wanted, qos);
        } else {
            wanted.wantedQos = qos;
            wanted.refused = false;
            wanted.leftOut = false;
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
            if (cleanSession) {
                return;
            }
            wanted = new WantedFilter(filter);
            known.put(filter, wanted);
        }
        coverage.remove(wanted);
        wanted.knownToBroker |= !cleanSession && !wanted.leftOut;
        wanted.wantedQos = null;
        wanted.refused = false;
        wanted.leftOut = false;
        wanted.retainedRecipients.clear();
        review();
    }

    /** Returns all wanted filters, in the order in which they were wanted first. */
    List<TopicFilter> wanted() {
        return known.values().stream()
                .filter(each -> each.wantedQos != null)
                .map(each -> each.filter)
                .toList();
    }

    /** Forgets what the broker granted: it may not know this client any more. */
    void connectionLost() {
        for (WantedFilter each : known.values()) {
            each.requestedQos = null;
            each.grantedQos = null;
            each.subscribedFired = false;
            each.refused = false;
            each.knownToBroker &= !cleanSession;
            if (each.isRequestable() && each.sentAs() == null) {
                coverage.add(each);
            }
        }
        toSubscribe.clear(); // requested in the order in which they were wanted
        suspects.clear();
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

    /** Returns the filters to subscribe next, and marks them as requested: at most {@code max}, and a suspect alone. */
    List<WantedFilter> subscribeNext(int max) {
        List<WantedFilter> next = takeNext(toSubscribe, true, max);
        for (WantedFilter each : next) {
            each.requestedQos = each.highestQos();
            each.knownToBroker = true;
        }
        return next;
    }

    /** Returns the filters to unsubscribe next: at most {@code max}, and a suspect alone. */
    List<WantedFilter> unsubscribeNext(int max) {
        List<WantedFilter> next = takeNext(toUnsubscribe, false, max);
        for (WantedFilter each : next) {
            each.requestedQos = null;
            each.grantedQos = null;
        }
        return next;
    }

    private List<WantedFilter> takeNext(Set<WantedFilter> due, boolean needed, int max) {
        List<WantedFilter> next = new ArrayList<>(Math.min(max, due.size()));
        for (Iterator<WantedFilter> all = due.iterator(); all.hasNext() && next.size() < max; all.remove()) {
            next.add(all.next());
        }
        for (Iterator<WantedFilter> all = suspects.iterator(); all.hasNext() && next.isEmpty(); ) {
            WantedFilter suspect = all.next();
            if (suspect.needed == needed) {
                next.add(suspect);
                all.remove();
            }
        }
        return next;
    }

    /** The broker ended these subscriptions. Until then, the next connection ends them again. */
    void unsubscribed(Collection<WantedFilter> filters) {
        for (WantedFilter each : filters) {
            each.hangUps = 0;
            each.knownToBroker = false;
            changed.add(each);
        }
    }

    /** The broker answered the request for a filter. Returns whether it granted the filter. */
    boolean answered(WantedFilter wanted, int reasonCode) {
        wanted.hangUps = 0;
        if (reasonCode >= REFUSED) {
            wanted.refused = true;
            exclude(wanted);
            return false;
        }
        Qos granted = Qos.of(reasonCode);
        if (wanted.grantedQos != granted) {
            wanted.grantedQos = granted;
            changed.add(wanted);
            changed.addAll(wanted.covered);
        }
        return true;
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
        wanted.grantedQos = null;
        wanted.knownToBroker = false;
        coverage.remove(wanted);
        review();
    }

    /** Returns the filters that changed since the last call. */
    Set<WantedFilter> changes() {
        Set<WantedFilter> all = changed;
        changed = new LinkedHashSet<>();
        for (WantedFilter each : all) {
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
        toSubscribe.remove(wanted);
        toUnsubscribe.remove(wanted);
        suspects.remove(wanted);
        if (wanted.needed ? wanted.requestedQos != wanted.highestQos() : wanted.knownToBroker) {
            (wanted.hangUps > 0 ? suspects : wanted.needed ? toSubscribe : toUnsubscribe).add(wanted);
        }
    }
}
