package io.github.cdimqtt.internal.dispatch;

import io.github.cdimqtt.internal.session.subscription.Recipient;
import io.github.cdimqtt.internal.topic.TopicFilter;
import io.github.cdimqtt.internal.topic.TopicTrie;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The routes among a fixed set of targets: made at first use and kept within a bound. Thread-safe. */
final class RouteCache {
    private static final int MOST_ROUTES = 10_000;
    /** A topic may have 65,535 bytes, and its publisher chooses it: the route of a longer one is found each time. */
    private static final int LONGEST_KEPT = 500;

    private final RouteMaker routes;
    private final TopicTrie<List<Target>> trie;
    private final Map<String, Route> byTopic = new ConcurrentHashMap<>();
    private final Map<List<Target>, Route> byMatch = new ConcurrentHashMap<>();
    private final Map<List<Target>, Route> byRecipients = new ConcurrentHashMap<>();

    RouteCache(RouteMaker routes, Map<TopicFilter, List<Target>> targets) {
        this.routes = routes;
        this.trie = TopicTrie.of(targets);
    }

    /** Returns the route of a topic. */
    Route route(String topic) {
        Route known = byTopic.get(topic);
        if (known != null) {
            return known;
        }
        Route route = bounded(byMatch).computeIfAbsent(match(topic), all -> routes.make(all, false));
        if (topic.length() <= LONGEST_KEPT) {
            bounded(byTopic).put(topic, route);
        }
        return route;
    }

    /** Returns the route of a message that is only for some of its topic's targets. */
    Route route(String topic, Set<Recipient> recipients) {
        List<Target> all = match(topic);
        if (all.isEmpty()) {
            return route(topic);
        }
        List<Target> some =
                all.stream().filter(each -> each.isAmong(recipients)).toList();
        return bounded(byRecipients).computeIfAbsent(some, key -> routes.make(key, true));
    }

    private List<Target> match(String topic) {
        return trie.match(topic).stream().flatMap(List::stream).toList();
    }

    /** Returns how many routes are kept, by topic and by match. */
    int size() {
        return byTopic.size() + byMatch.size();
    }

    private static <K, V> Map<K, V> bounded(Map<K, V> map) {
        if (map.size() >= MOST_ROUTES) {
            map.clear();
        }
        return map;
    }
}
