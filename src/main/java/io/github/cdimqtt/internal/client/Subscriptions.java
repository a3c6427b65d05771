package io.github.cdimqtt.internal.client;

import io.github.cdimqtt.Qos;
import java.util.ArrayList;
import java.util.HashSet;
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
final class Subscriptions {
    static final int REFUSED = 0x80;

    private final Map<TopicFilter, Qos> wanted = new LinkedHashMap<>();
    private final Map<TopicFilter, Qos> asked = new LinkedHashMap<>(); // on this connection
    private final Map<TopicFilter, Qos> granted = new LinkedHashMap<>(); // on this connection
    private final Set<TopicFilter> refused = new HashSet<>(); // on this connection
    private final Set<TopicFilter> atBroker = new LinkedHashSet<>(); // it may know them, from before too
    private final Set<TopicFilter> leaving = new HashSet<>(); // UNSUBSCRIBE is not answered
    private final boolean cleanSession;

    Subscriptions(boolean cleanSession) {
        this.cleanSession = cleanSession;
    }

    /** Wants a filter; what was asked for it before counts no more. */
    void want(TopicFilter filter, Qos qos) {
        wanted.put(filter, qos);
        refused.remove(filter);
        asked.remove(filter); // asked again even if nothing changed: retained messages come again, as MQTT has it
    }

    /** Wants a filter no longer; a kept session may know it from before this application began. */
    void drop(TopicFilter filter) {
        refused.remove(filter);
        wanted.remove(filter);
        if (!cleanSession) {
            atBroker.add(filter);
        }
    }

    /** Returns all wanted filters, in the order in which they were wanted first. */
    List<TopicFilter> wanted() {
        return List.copyOf(wanted.keySet());
    }

    /** The broker knows nothing of this client any more, or is not to be trusted to. */
    void connectionLost() {
        asked.clear();
        granted.clear();
        refused.clear();
        leaving.clear();
        if (cleanSession) {
            atBroker.clear();
        }
    }

    /** Returns what must be subscribed now, and counts it as asked for. */
    List<Subscription> subscribeNow() {
        List<Subscription> now = new ArrayList<>();
        needed().forEach((filter, qos) -> {
            if (asked.get(filter) != qos) {
                asked.put(filter, qos);
                atBroker.add(filter);
                now.add(new Subscription(filter.wire(), qos));
            }
        });
        return now;
    }

    /** Returns what must be unsubscribed now. Asked for once the subscribes are answered. */
    List<String> unsubscribeNow() {
        Set<TopicFilter> needed = needed().keySet();
        granted.keySet().retainAll(needed);
        asked.keySet().retainAll(needed);
        leaving.addAll(atBroker);
        leaving.removeAll(needed);
        return atBroker.stream()
                .filter(leaving::contains)
                .map(TopicFilter::wire)
                .toList();
    }

    /** The broker answered {@link #unsubscribeNow}; until then it is asked again on the next connection. */
    void unsubscribed() {
        atBroker.removeAll(leaving);
        leaving.clear();
    }

    /** The broker answered. Returns whether it granted the filter. */
    boolean answered(String wire, int reasonCode) {
        TopicFilter filter = TopicFilter.of(wire);
        if (reasonCode >= REFUSED) {
            granted.remove(filter);
            atBroker.remove(filter);
            if (wanted.containsKey(filter)) {
                refused.add(filter);
            }
            return false;
        }
        granted.put(filter, Qos.of(reasonCode));
        return true;
    }

    boolean isRefused(TopicFilter filter) {
        return refused.contains(filter);
    }

    /** Returns with which QoS messages of a wanted filter come, be it through another; null if they do not. */
    @Nullable
    Qos grantedFor(TopicFilter filter) {
        Qos own = granted.get(filter);
        if (own != null) {
            return own;
        }
        for (Map.Entry<TopicFilter, Qos> each : granted.entrySet()) {
            if (each.getKey().covers(filter)) {
                return each.getValue();
            }
        }
        return null;
    }

    /** Returns the wanted filters that are granted. */
    Map<String, Qos> effective() {
        Map<String, Qos> effective = new LinkedHashMap<>();
        for (TopicFilter filter : wanted.keySet()) {
            Qos qos = grantedFor(filter);
            if (qos != null) {
                effective.put(filter.wire(), qos);
            }
        }
        return effective;
    }

    /** Returns the filters that the broker must know, each with the highest QoS of those that it covers. */
    private Map<TopicFilter, Qos> needed() {
        Map<TopicFilter, Qos> needed = new LinkedHashMap<>();
        for (Map.Entry<TopicFilter, Qos> each : wanted.entrySet()) {
            TopicFilter filter = each.getKey();
            if (refused.contains(filter)) {
                continue;
            }
            TopicFilter cover = coverOf(filter, needed);
            if (cover != null) {
                needed.merge(cover, each.getValue(), Subscriptions::higher);
                continue;
            }
            needed.put(filter, filter.hasWildcard() ? takeCovered(filter, each.getValue(), needed) : each.getValue());
        }
        return needed;
    }

    /** Removes what the filter covers. Returns the highest QoS of it all. */
    private static Qos takeCovered(TopicFilter filter, Qos qos, Map<TopicFilter, Qos> needed) {
        Qos highest = qos;
        for (Iterator<Map.Entry<TopicFilter, Qos>> all = needed.entrySet().iterator(); all.hasNext(); ) {
            Map.Entry<TopicFilter, Qos> other = all.next();
            if (filter.covers(other.getKey())) {
                highest = higher(highest, other.getValue());
                all.remove();
            }
        }
        return highest;
    }

    private static @Nullable TopicFilter coverOf(TopicFilter filter, Map<TopicFilter, Qos> needed) {
        for (TopicFilter other : needed.keySet()) {
            if (other.hasWildcard() && other.covers(filter)) {
                return other;
            }
        }
        return null;
    }

    private static Qos higher(Qos a, Qos b) {
        return a.compareTo(b) >= 0 ? a : b;
    }
}
