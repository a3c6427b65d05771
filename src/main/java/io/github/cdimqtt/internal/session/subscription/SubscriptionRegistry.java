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
 * The registry of a session: which topic filters are wanted, which of them the broker must know, and which it has
 * granted. A filter that another wanted one covers is not sent, so that no broker sends a copy for each; the covering
 * one is asked for with the highest QoS of them all. Touched on the session's lane only.
 */
public final class SubscriptionRegistry {
    static final int REFUSED = 0x80;

    /** So often the broker hangs up before a filter is left out: once it may be another's fault. */
    static final int MOST_HANG_UPS = 3;

    private final Map<TopicFilter, WantedFilter> known = new LinkedHashMap<>();
    private final FilterCoverage coverage = new FilterCoverage();
    private final Set<WantedFilter> toSubscribe = new LinkedHashSet<>();
    private final Set<WantedFilter> toUnsubscribe = new LinkedHashSet<>();
    private final Set<WantedFilter> suspects = new LinkedHashSet<>(); // of both, asked for alone and last
    private Set<WantedFilter> changed = new LinkedHashSet<>();
    private final boolean cleanSession;

    public SubscriptionRegistry(boolean cleanSession) {
        this.cleanSession = cleanSession;
    }

    /** Wants a filter; what was asked for it before counts no more. */
    void want(TopicFilter filter, Qos qos, boolean consumer) {
        WantedFilter it = known.computeIfAbsent(filter, WantedFilter::new);
        it.announced = false;
        it.recipients.add(new Recipient(filter, consumer));
        if (it.sentAs() != null) {
            coverage.change(it, qos);
        } else {
            it.wanted = qos;
            it.refused = false;
            it.leftOut = false;
            coverage.add(it);
        }
        changed.add(it);
        WantedFilter sent = it.sentAs();
        if (sent != null) {
            sent.asked = null; // asked again even if nothing changed: what the broker kept comes again, as MQTT has it
        }
        review();
    }

    /** Wants a filter no longer; a kept session may know it from before this application began. */
    void drop(TopicFilter filter) {
        WantedFilter it = known.get(filter);
        if (it == null) {
            if (cleanSession) {
                return;
            }
            it = new WantedFilter(filter);
            known.put(filter, it);
        }
        coverage.remove(it);
        it.atBroker |= !cleanSession && !it.leftOut;
        it.wanted = null;
        it.refused = false;
        it.leftOut = false;
        it.recipients.clear();
        review();
    }

    /** Returns all wanted filters, in the order in which they were wanted first. */
    List<TopicFilter> wanted() {
        return known.values().stream()
                .filter(each -> each.wanted != null)
                .map(each -> each.filter)
                .toList();
    }

    /** The broker knows nothing of this client any more, or is not to be trusted to. */
    void connectionLost() {
        for (WantedFilter each : known.values()) {
            each.asked = null;
            each.granted = null;
            each.announced = false;
            each.refused = false;
            each.atBroker &= !cleanSession;
            if (each.mayBeAsked() && each.sentAs() == null) {
                coverage.add(each);
            }
        }
        toSubscribe.clear(); // asked for in the order in which they were wanted
        suspects.clear();
        coverage.touched();
        known.values().forEach(this::review);
    }

    /** Lets those that were left out be asked for again. */
    void forgive() {
        known.values().forEach(each -> each.hangUps = 0);
        retryLeftOut(0);
    }

    /** The connection ended over something else: those that were left out have one more try. */
    void giveAnotherTry() {
        retryLeftOut(MOST_HANG_UPS - 1);
    }

    private void retryLeftOut(int hangUps) {
        for (WantedFilter each : known.values()) {
            if (each.leftOut) {
                each.leftOut = false;
                if (each.wanted != null) {
                    each.hangUps = hangUps;
                    coverage.add(each);
                }
            }
        }
        review();
    }

    /** Returns what is to be subscribed next, and counts it as asked for: at most so many, and a suspect alone. */
    List<WantedFilter> subscribeNext(int most) {
        List<WantedFilter> next = take(toSubscribe, true, most);
        for (WantedFilter each : next) {
            each.asked = each.highest();
            each.atBroker = true;
        }
        return next;
    }

    /** Returns what is to be unsubscribed next: at most so many, and a suspect alone. After the subscribes. */
    List<WantedFilter> unsubscribeNext(int most) {
        List<WantedFilter> next = take(toUnsubscribe, false, most);
        for (WantedFilter each : next) {
            each.asked = null;
            each.granted = null;
        }
        return next;
    }

    private List<WantedFilter> take(Set<WantedFilter> due, boolean needed, int most) {
        List<WantedFilter> next = new ArrayList<>(Math.min(most, due.size()));
        for (Iterator<WantedFilter> all = due.iterator(); all.hasNext() && next.size() < most; all.remove()) {
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

    /** The broker ended these subscriptions; until then they are asked for again on the next connection. */
    void unsubscribed(Collection<WantedFilter> filters) {
        for (WantedFilter each : filters) {
            each.hangUps = 0;
            each.atBroker = false;
            changed.add(each);
        }
    }

    /** The broker answered. Returns whether it granted the filter. */
    boolean answered(WantedFilter it, int reasonCode) {
        it.hangUps = 0;
        if (reasonCode >= REFUSED) {
            it.refused = true;
            giveUp(it);
            return false;
        }
        Qos granted = Qos.of(reasonCode);
        if (it.granted != granted) {
            it.granted = granted;
            changed.add(it);
            changed.addAll(it.covered);
        }
        return true;
    }

    /** The broker hung up over a request. Returns those filters that are not asked for again, as it always does. */
    List<WantedFilter> hungUp(Collection<WantedFilter> request) {
        List<WantedFilter> out = new ArrayList<>();
        for (WantedFilter each : request) {
            if (++each.hangUps == MOST_HANG_UPS) {
                each.hangUps = 0;
                each.leftOut = true;
                giveUp(each);
                out.add(each);
            }
        }
        return out;
    }

    private void giveUp(WantedFilter it) {
        it.granted = null;
        it.atBroker = false;
        coverage.remove(it);
        review();
    }

    /** Returns the filters of which something changed since the last call. */
    Set<WantedFilter> changes() {
        Set<WantedFilter> all = changed;
        changed = new LinkedHashSet<>();
        for (WantedFilter each : all) {
            if (each.wanted == null && !each.atBroker) {
                known.remove(each.filter, each);
            }
        }
        return all;
    }

    @Nullable
    WantedFilter find(TopicFilter filter) {
        return known.get(filter);
    }

    /** Returns how many nodes were visited so far to find out what covers what. */
    long visited() {
        return coverage.visited();
    }

    private void review() {
        coverage.touched().forEach(this::review);
    }

    /** Finds out what is to be done about a filter. */
    private void review(WantedFilter it) {
        changed.add(it);
        toSubscribe.remove(it);
        toUnsubscribe.remove(it);
        suspects.remove(it);
        if (it.needed ? it.asked != it.highest() : it.atBroker) {
            (it.hangUps > 0 ? suspects : it.needed ? toSubscribe : toUnsubscribe).add(it);
        }
    }
}
