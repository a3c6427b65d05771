package io.github.cdimqtt.internal.session.subscription;

import static java.util.Objects.requireNonNull;

import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.topic.FilterTrie;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Decides which wanted topic filters the broker must know: those that no other wanted one covers, each with the highest
 * QoS of the filters that it covers. Counts those that have topics in common all the same, as they need an identifier. A trie of
 * the needed filters makes a change cost the same, whatever the number of filters. On the session's executor only.
 */
final class FilterCoverage {
    private final FilterTrie<WantedFilter> needed = new FilterTrie<>(); // without shared subscriptions
    private final boolean countsOverlaps;
    private Set<WantedFilter> changed = new LinkedHashSet<>();

    FilterCoverage(boolean countsOverlaps) {
        this.countsOverlaps = countsOverlaps;
    }

    /** Returns the filters that changed since the last call. */
    Set<WantedFilter> changed() {
        Set<WantedFilter> all = changed;
        changed = new LinkedHashSet<>();
        return all;
    }

    /** Returns how many nodes of the trie were visited so far. */
    long visited() {
        return needed.visited();
    }

    /** Adds a wanted filter. */
    void add(WantedFilter wanted) {
        boolean shared = wanted.filter.shareGroup() != null;
        List<WantedFilter> covers = shared ? List.of() : needed.covering(wanted.filter);
        if (!covers.isEmpty()) {
            assign(wanted, covers.get(0));
            return;
        }
        wanted.needed = true;
        count(wanted, wanted);
        if (!shared) {
            if (wanted.filter.hasWildcard()) {
                needed.coveredBy(wanted.filter).forEach(other -> coverBy(other, wanted));
            }
            for (WantedFilter other : overlapping(wanted)) {
                wanted.overlaps++;
                if (other.overlaps++ == 0) {
                    changed.add(other); // first, so that it has an identifier when the new one brings a second copy
                }
            }
            needed.put(wanted.filter, wanted);
        }
        changed.add(wanted);
    }

    private List<WantedFilter> overlapping(WantedFilter wanted) {
        return countsOverlaps ? needed.overlapping(wanted.filter) : List.of();
    }

    /** Removes a filter; those that it covered take its place. */
    void remove(WantedFilter wanted) {
        if (wanted.needed) {
            List<WantedFilter> uncovered = List.copyOf(wanted.covered);
            uncover(wanted);
            uncovered.forEach(this::add);
        } else if (wanted.cover != null) {
            WantedFilter cover = wanted.cover;
            cover.covered.remove(wanted);
            cover.awaitingRetained.remove(wanted);
            cover.discount(requireNonNull(wanted.wantedQos));
            wanted.cover = null;
            changed.add(cover);
        }
        changed.add(wanted);
    }

    /** Changes the wanted QoS of a filter, or adds recipients of its retained messages. */
    void change(WantedFilter wanted, Qos qos) {
        WantedFilter sent = requireNonNull(wanted.sentAs());
        sent.discount(requireNonNull(wanted.wantedQos));
        wanted.wantedQos = qos;
        count(wanted, sent);
        changed.add(sent);
    }

    private void coverBy(WantedFilter other, WantedFilter cover) {
        List<WantedFilter> all = new ArrayList<>(other.covered);
        all.add(other);
        uncover(other);
        all.forEach(each -> assign(each, cover));
    }

    private void assign(WantedFilter wanted, WantedFilter cover) {
        wanted.cover = cover;
        cover.covered.add(wanted);
        count(wanted, cover);
        changed.add(wanted);
        changed.add(cover);
    }

    private static void count(WantedFilter wanted, WantedFilter sent) {
        sent.count(requireNonNull(wanted.wantedQos));
        if (wanted.retained.isWaiting()) {
            sent.awaitingRetained.add(wanted);
        }
    }

    private void uncover(WantedFilter wanted) {
        for (WantedFilter each : wanted.covered) {
            each.cover = null;
            wanted.discount(requireNonNull(each.wantedQos));
        }
        wanted.discount(requireNonNull(wanted.wantedQos));
        wanted.covered.clear();
        wanted.awaitingRetained.clear();
        wanted.needed = false;
        if (wanted.filter.shareGroup() == null) {
            needed.remove(wanted.filter);
            overlapping(wanted).forEach(other -> other.overlaps--);
            wanted.overlaps = 0;
        }
    }
}
