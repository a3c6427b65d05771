package io.github.cdimqtt.internal.session.subscription;

import static java.util.Objects.requireNonNull;

import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.topic.FilterTrie;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Which of the wanted topic filters the broker must know: those that no other covers, each with the highest QoS of what
 * it covers. Kept up to date in a trie of the needed ones, so that a change costs the same whatever the number of
 * filters. On the session's lane only.
 */
final class FilterCoverage {
    private final FilterTrie<WantedFilter> needed = new FilterTrie<>(); // but for the shared ones
    private Set<WantedFilter> touched = new LinkedHashSet<>();

    /** Returns those of which something changed since the last call. */
    Set<WantedFilter> touched() {
        Set<WantedFilter> all = touched;
        touched = new LinkedHashSet<>();
        return all;
    }

    /** Returns how many nodes of the trie were visited so far. */
    long visited() {
        return needed.visited();
    }

    /** A filter is wanted. */
    void add(WantedFilter it) {
        boolean shared = it.filter.shareGroup() != null;
        List<WantedFilter> covers = shared ? List.of() : needed.covering(it.filter);
        if (!covers.isEmpty()) {
            join(it, covers.get(0));
            return;
        }
        it.needed = true;
        count(it, it);
        if (!shared) {
            if (it.filter.hasWildcard()) {
                needed.coveredBy(it.filter).forEach(other -> takeOver(other, it));
            }
            needed.put(it.filter, it);
        }
        touched.add(it);
    }

    /** A filter is not to be asked for any more: what it covered takes its place. */
    void remove(WantedFilter it) {
        if (it.needed) {
            List<WantedFilter> orphans = List.copyOf(it.covered);
            dissolve(it);
            orphans.forEach(this::add);
        } else if (it.cover != null) {
            WantedFilter cover = it.cover;
            cover.covered.remove(it);
            cover.fresh.remove(it);
            cover.discount(requireNonNull(it.wanted));
            it.cover = null;
            touched.add(cover);
        }
        touched.add(it);
    }

    /** A filter is wanted with another QoS, or somebody is to be given what the broker kept for it. */
    void change(WantedFilter it, Qos qos) {
        WantedFilter sent = requireNonNull(it.sentAs());
        sent.discount(requireNonNull(it.wanted));
        it.wanted = qos;
        count(it, sent);
        touched.add(sent);
    }

    private void takeOver(WantedFilter other, WantedFilter by) {
        List<WantedFilter> all = new ArrayList<>(other.covered);
        all.add(other);
        dissolve(other);
        all.forEach(each -> join(each, by));
    }

    private void join(WantedFilter it, WantedFilter cover) {
        it.cover = cover;
        cover.covered.add(it);
        count(it, cover);
        touched.add(it);
        touched.add(cover);
    }

    private static void count(WantedFilter it, WantedFilter sent) {
        sent.count(requireNonNull(it.wanted));
        if (!it.recipients.isEmpty()) {
            sent.fresh.add(it);
        }
    }

    private void dissolve(WantedFilter it) {
        for (WantedFilter each : it.covered) {
            each.cover = null;
            it.discount(requireNonNull(each.wanted));
        }
        it.discount(requireNonNull(it.wanted));
        it.covered.clear();
        it.fresh.clear();
        it.needed = false;
        if (it.filter.shareGroup() == null) {
            needed.remove(it.filter);
        }
    }
}
