package io.github.cdimqtt.internal.cdi;

import io.github.cdimqtt.MqttBroker;
import io.github.cdimqtt.MqttMessage;
import io.github.cdimqtt.MqttMetrics;
import io.github.cdimqtt.MqttTopic;
import io.github.cdimqtt.OnFailure;
import io.github.cdimqtt.Unmatched;
import io.github.cdimqtt.internal.client.TopicFilter;
import io.github.cdimqtt.internal.client.TopicTrie;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.ObserverMethod;
import java.lang.annotation.Annotation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds the route of a topic on one connection: which observers and consumers match it. Routes are made at first use
 * and kept within a bound; all of them are made anew when a subscription changes. Thread-safe.
 */
final class Routing {
    private static final int MOST_ROUTES = 10_000;

    /** A topic may have 65,535 bytes, and whoever publishes chooses it: the route of a longer one is found each time. */
    private static final int LONGEST_KEPT = 500;

    /** A filter that someone listens to: an observer, by the way it is written there, or a consumer. */
    private record Listening(
            HandlingTime time,
            @Nullable MessageObserver observer,
            @Nullable MqttTopic topic,
            @Nullable TopicConsumer consumer) {}

    private record Table(
            TopicTrie<List<Listening>> trie, Map<String, Route> byTopic, Map<List<Listening>, Route> byMatch) {}

    private final String broker;
    private final BeanManager beans;
    private final OnFailure defaultOnFailure;
    private final Map<TopicFilter, List<Listening>> observers = new LinkedHashMap<>(); // immutable after construction
    private final Map<TopicFilter, HandlingTime> times = new ConcurrentHashMap<>();
    private final Map<TopicFilter, TopicConsumer> consumers = new HashMap<>(); // guarded by this
    private final Set<TopicFilter> silenced = new HashSet<>(); // guarded by this
    private volatile @Nullable Table table;

    Routing(String broker, Collection<MessageObserver> observers, OnFailure defaultOnFailure, BeanManager beans) {
        this.broker = broker;
        this.beans = beans;
        this.defaultOnFailure = defaultOnFailure;
        for (MessageObserver observer : observers) {
            for (int i = 0; i < observer.topics().size(); i++) {
                TopicFilter filter = observer.plan().templates().get(i).filter();
                this.observers
                        .computeIfAbsent(filter, none -> new ArrayList<>())
                        .add(new Listening(
                                time(filter), observer, observer.topics().get(i), null));
            }
        }
    }

    /** Returns the filters that are listened to. */
    synchronized Set<TopicFilter> filters() {
        Set<TopicFilter> all = new HashSet<>(observers.keySet());
        all.removeAll(silenced);
        all.addAll(consumers.keySet());
        return all;
    }

    /** Listens to a filter, with a consumer or for its observers alone. */
    synchronized void listen(TopicFilter filter, @Nullable Consumer<MqttMessage> consumer) {
        boolean changed = silenced.remove(filter);
        if (consumer == null) {
            changed |= consumers.remove(filter) != null;
        } else {
            TopicConsumer added = new TopicConsumer(filter, consumer);
            time(filter);
            changed |= !added.equals(consumers.put(filter, added));
        }
        if (changed) {
            table = null;
        }
    }

    /** Listens to a filter no longer, be it observers or a consumer. */
    synchronized void silence(TopicFilter filter) {
        boolean changed = consumers.remove(filter) != null;
        if (observers.containsKey(filter)) {
            changed |= silenced.add(filter);
        } else {
            times.remove(filter);
        }
        if (changed) {
            table = null;
        }
    }

    /** Listens to nothing. */
    synchronized void silenceAll() {
        consumers.clear();
        times.keySet().retainAll(observers.keySet());
        silenced.addAll(observers.keySet());
        table = null;
    }

    /** Returns the route of a topic. */
    Route route(String topic) {
        Table current = table;
        if (current == null) {
            current = rebuild();
        }
        Route known = current.byTopic.get(topic);
        if (known != null) {
            return known;
        }
        List<Listening> matching =
                current.trie.match(topic).stream().flatMap(List::stream).toList();
        Route route = bounded(current.byMatch).computeIfAbsent(matching, this::make);
        if (topic.length() <= LONGEST_KEPT) {
            bounded(current.byTopic).put(topic, route);
        }
        return route;
    }

    /** Returns how many routes are kept, by topic and by match. */
    int size() {
        Table current = table;
        return current == null ? 0 : current.byTopic.size() + current.byMatch.size();
    }

    private synchronized Table rebuild() {
        Table current = table;
        if (current == null) {
            Map<TopicFilter, List<Listening>> all = new LinkedHashMap<>();
            observers.forEach((filter, listening) -> {
                if (!silenced.contains(filter)) {
                    all.put(filter, new ArrayList<>(listening));
                }
            });
            consumers.forEach((filter, consumer) -> all.computeIfAbsent(filter, none -> new ArrayList<>())
                    .add(new Listening(time(filter), null, null, consumer)));
            current = new Table(TopicTrie.of(all), new ConcurrentHashMap<>(), new ConcurrentHashMap<>());
            table = current;
        }
        return current;
    }

    /** Returns how long messages took so far, by filter. */
    Map<String, MqttMetrics.Handling> handling() {
        return times.entrySet().stream()
                .collect(Collectors.toMap(
                        entry -> entry.getKey().toString(),
                        entry -> entry.getValue().soFar()));
    }

    private HandlingTime time(TopicFilter filter) {
        return times.computeIfAbsent(filter, none -> new HandlingTime());
    }

    private Route make(List<Listening> matching) {
        Set<Annotation> qualifiers = new LinkedHashSet<>();
        Set<MessageObserver> matched = new LinkedHashSet<>();
        List<TopicConsumer> called = new ArrayList<>();
        OnFailure strictest = OnFailure.ACK;
        for (Listening each : matching) {
            if (each.consumer() != null) {
                called.add(each.consumer());
            } else if (each.observer() != null && each.topic() != null) {
                matched.add(each.observer());
                qualifiers.add(MqttTopic.Literal.of(each.topic().value()));
                OnFailure own = each.topic().onFailure();
                strictest = stricter(strictest, own == OnFailure.DEFAULT ? defaultOnFailure : own);
            }
        }
        if (matching.isEmpty()) {
            qualifiers.add(Unmatched.Literal.INSTANCE);
        }
        qualifiers.add(MqttBroker.Literal.of(broker));
        Annotation[] all = qualifiers.toArray(Annotation[]::new);
        List<ObserverMethod<? super MqttMessage>> heard =
                beans.resolveObserverMethods(MqttMessage.of("none", null), all).stream()
                        .filter(observer -> !(observer instanceof MessageObserver ours) || hears(ours, matched))
                        .toList();
        boolean others = heard.stream()
                .anyMatch(observer -> !(observer instanceof MessageObserver ours) || !matched.contains(ours));
        if (others || !called.isEmpty()) { // without an onFailure of their own
            strictest = stricter(strictest, defaultOnFailure);
        }
        return new Route(
                beans.getEvent().select(MqttMessage.class, all),
                Set.copyOf(matched),
                List.copyOf(called),
                strictest,
                heard.stream().anyMatch(observer -> !observer.isAsync()),
                heard.stream().anyMatch(ObserverMethod::isAsync),
                matching.stream().map(Listening::time).distinct().toList());
    }

    /** Those of several topics are resolved whatever the topic, and pick for themselves. */
    private boolean hears(MessageObserver observer, Set<MessageObserver> matched) {
        return observer.hears(broker) && (observer.topics().size() < 2 || matched.contains(observer));
    }

    private static OnFailure stricter(OnFailure a, OnFailure b) {
        return a.compareTo(b) >= 0 ? a : b;
    }

    private static <K, V> Map<K, V> bounded(Map<K, V> map) {
        if (map.size() >= MOST_ROUTES) {
            map.clear();
        }
        return map;
    }
}
