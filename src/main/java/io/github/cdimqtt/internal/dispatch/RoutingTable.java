package io.github.cdimqtt.internal.dispatch;

import io.github.cdimqtt.MqttMessage;
import io.github.cdimqtt.MqttMetrics;
import io.github.cdimqtt.OnFailure;
import io.github.cdimqtt.internal.session.subscription.Recipient;
import io.github.cdimqtt.internal.topic.TopicFilter;
import io.github.cdimqtt.internal.topic.TopicTrie;
import jakarta.enterprise.inject.spi.BeanManager;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds the route of a topic on one connection: which observers and consumers match it. Routes are made at first use
 * and kept within a bound; all of them are made anew when a subscription changes. Thread-safe.
 */
public final class RoutingTable {
    static final int MOST_UNHEARD = 20;
    private static final int MOST_ROUTES = 10_000;

    /** A topic may have 65,535 bytes, and whoever publishes chooses it: the route of a longer one is found each time. */
    private static final int LONGEST_KEPT = 500;

    private record Table(
            TopicTrie<List<Target>> trie,
            Map<String, Route> byTopic,
            Map<List<Target>, Route> byMatch,
            Map<List<Target>, Route> byRecipients) {

        List<Target> match(String topic) {
            return trie.match(topic).stream().flatMap(List::stream).toList();
        }
    }

    private final RouteMaker routes;
    private final Map<TopicFilter, List<Target>> observers = new LinkedHashMap<>(); // immutable after construction
    private final Map<TopicFilter, HandlingTime> times = new ConcurrentHashMap<>();
    private final Map<TopicFilter, TopicConsumer> consumers = new HashMap<>(); // guarded by this
    private final Set<TopicFilter> silenced = new HashSet<>(); // guarded by this
    private final Set<TopicFilter> shared = new HashSet<>(); // guarded by this; of observers and consumers
    private final Set<TopicFilter> prefixed = new CopyOnWriteArraySet<>(); // with a $ that nobody knows
    private final Set<String> unheard = new HashSet<>(); // guarded by this
    private volatile @Nullable Table table;

    public RoutingTable(
            String broker, Collection<MessageObserver> observers, OnFailure defaultOnFailure, BeanManager beans) {
        this.routes = new RouteMaker(broker, defaultOnFailure, beans);
        for (MessageObserver observer : observers) {
            for (int i = 0; i < observer.topics().size(); i++) {
                TopicFilter filter = observer.plan().templates().get(i).filter();
                note(filter);
                this.observers
                        .computeIfAbsent(filter, none -> new ArrayList<>())
                        .add(new Target(
                                filter,
                                time(filter),
                                observer,
                                observer.topics().get(i),
                                null));
            }
        }
    }

    /** Returns a filter that is listened to and shares topics with this one, where one of the two is shared. */
    public synchronized @Nullable TopicFilter sharedOverlap(TopicFilter filter) {
        for (TopicFilter other : filter.shareGroup() == null ? shared : filters()) {
            if (!isSilent(other) && SharedOverlap.between(filter, other)) {
                return other;
            }
        }
        return null;
    }

    private synchronized boolean isSilent(TopicFilter filter) {
        return silenced.contains(filter) && !consumers.containsKey(filter);
    }

    /** Returns the filters that are listened to. */
    public synchronized Set<TopicFilter> filters() {
        Set<TopicFilter> all = new HashSet<>(observers.keySet());
        all.removeAll(silenced);
        all.addAll(consumers.keySet());
        return all;
    }

    /** Listens to a filter, with a consumer or for its observers alone. */
    public synchronized void listen(TopicFilter filter, @Nullable Consumer<MqttMessage> consumer) {
        boolean changed = silenced.remove(filter);
        if (consumer == null) {
            changed |= consumers.remove(filter) != null;
        } else {
            TopicConsumer added = new TopicConsumer(filter, consumer);
            time(filter);
            note(filter);
            changed |= !added.equals(consumers.put(filter, added));
        }
        if (changed) {
            table = null;
        }
    }

    /** Listens to a filter no longer, be it observers or a consumer. */
    public synchronized void silence(TopicFilter filter) {
        boolean changed = consumers.remove(filter) != null;
        if (observers.containsKey(filter)) {
            changed |= silenced.add(filter);
        } else {
            times.remove(filter);
            shared.remove(filter);
            prefixed.remove(filter);
        }
        if (changed) {
            table = null;
        }
    }

    /**
     * Notes a topic that nobody hears, and returns how many there are; 0 if it is not new or beyond the bound, or if its
     * observers were silenced, as its last messages may still be on their way.
     */
    synchronized int newlyUnheard(String topic) {
        return unheard.size() < MOST_UNHEARD
                        && silenced.stream().noneMatch(filter -> filter.matches(topic))
                        && unheard.add(topic)
                ? unheard.size()
                : 0;
    }

    /** Listens to nothing. */
    public synchronized void silenceAll() {
        consumers.clear();
        shared.retainAll(observers.keySet());
        times.keySet().retainAll(observers.keySet());
        silenced.addAll(observers.keySet());
        table = null;
    }

    /** Returns the route of a topic. */
    Route route(String topic) {
        Table current = table();
        Route known = current.byTopic.get(topic);
        if (known != null) {
            return known;
        }
        Route route = bounded(current.byMatch).computeIfAbsent(current.match(topic), all -> routes.make(all, false));
        if (topic.length() <= LONGEST_KEPT) {
            bounded(current.byTopic).put(topic, route);
        }
        return route;
    }

    /** Returns the route of a message that is only for some of those that listen to its topic. */
    Route route(String topic, Set<Recipient> recipients) {
        Table current = table();
        List<Target> all = current.match(topic);
        if (all.isEmpty()) {
            return route(topic);
        }
        List<Target> meant =
                all.stream().filter(each -> each.isAmong(recipients)).toList();
        return bounded(current.byRecipients).computeIfAbsent(meant, some -> routes.make(some, true));
    }

    private Table table() {
        Table current = table;
        return current == null ? rebuild() : current;
    }

    /** Returns how many routes are kept, by topic and by match. */
    int size() {
        Table current = table;
        return current == null ? 0 : current.byTopic.size() + current.byMatch.size();
    }

    private synchronized Table rebuild() {
        Table current = table;
        if (current == null) {
            Map<TopicFilter, List<Target>> all = new LinkedHashMap<>();
            observers.forEach((filter, listening) -> {
                if (!silenced.contains(filter)) {
                    all.put(filter, new ArrayList<>(listening));
                }
            });
            consumers.forEach((filter, consumer) -> all.computeIfAbsent(filter, none -> new ArrayList<>())
                    .add(new Target(filter, time(filter), null, null, consumer)));
            current = new Table(
                    TopicTrie.of(all), new ConcurrentHashMap<>(), new ConcurrentHashMap<>(), new ConcurrentHashMap<>());
            table = current;
        }
        return current;
    }

    /** Returns how long messages took so far, by filter. */
    public Map<String, MqttMetrics.Handling> handling() {
        return times.entrySet().stream()
                .collect(Collectors.toMap(
                        entry -> entry.getKey().toString(),
                        entry -> entry.getValue().soFar()));
    }

    /** Tells whether it is measured how long messages of a filter took. */
    public boolean isTimed(TopicFilter filter) {
        return times.containsKey(filter);
    }

    /** Returns, once for each filter, one that a topic would match but for what may be a prefix of the broker. */
    @Nullable
    TopicFilter meant(String topic) {
        if (prefixed.isEmpty()) {
            return null;
        }
        for (TopicFilter each : prefixed) {
            TopicFilter rest = each.withoutFirstLevel();
            TopicFilter further = rest == null ? null : rest.withoutFirstLevel();
            if (rest != null && rest.matches(topic) || further != null && further.matches(topic)) {
                prefixed.remove(each);
                return each;
            }
        }
        return null;
    }

    private synchronized void note(TopicFilter filter) {
        if (filter.shareGroup() != null) {
            shared.add(filter);
        } else if (filter.wire().startsWith("$") && !filter.wire().startsWith("$SYS/")) {
            prefixed.add(filter);
        }
    }

    private HandlingTime time(TopicFilter filter) {
        return times.computeIfAbsent(filter, none -> new HandlingTime());
    }

    private static <K, V> Map<K, V> bounded(Map<K, V> map) {
        if (map.size() >= MOST_ROUTES) {
            map.clear();
        }
        return map;
    }
}
