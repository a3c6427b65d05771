package io.github.cdimqtt.internal.dispatch;

import io.github.cdimqtt.MqttMessage;
import io.github.cdimqtt.MqttMetrics;
import io.github.cdimqtt.OnFailure;
import io.github.cdimqtt.internal.beans.Container;
import io.github.cdimqtt.internal.session.subscription.Recipient;
import io.github.cdimqtt.internal.topic.TopicFilter;
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
 * Finds the route of a topic on one connection: which observers and consumers match it. The observers are those of the
 * deployment, with their filters; consumers come and go, which drops the routes that are kept. Thread-safe.
 */
public final class RoutingTable {
    static final int MOST_UNOBSERVED = 20;

    private final RouteMaker routes;
    private final Map<TopicFilter, List<Target>> observers = new LinkedHashMap<>(); // immutable after construction
    private final Map<TopicFilter, HandlingTime> times = new ConcurrentHashMap<>();
    private final Map<TopicFilter, Target.OfConsumer> consumers = new HashMap<>(); // guarded by this
    private final Set<TopicFilter> unsubscribed = new HashSet<>(); // guarded by this; of observers
    private final Set<TopicFilter> shared = new HashSet<>(); // guarded by this; of observers and consumers
    private final Set<TopicFilter> prefixed = new CopyOnWriteArraySet<>(); // with a $ that cdi-mqtt does not know
    private final Set<String> unobserved = new HashSet<>(); // guarded by this; topics
    private volatile @Nullable RouteCache cache; // null until the next message
    private volatile int subscribed; // consumers so far

    public RoutingTable(
            String broker, Collection<MessageObserver> observers, OnFailure defaultOnFailure, Container container) {
        this.routes = new RouteMaker(broker, defaultOnFailure, container);
        for (MessageObserver observer : observers) {
            for (int i = 0; i < observer.topics().size(); i++) {
                TopicFilter filter = observer.binding().templates().get(i).filter();
                add(filter);
                this.observers
                        .computeIfAbsent(filter, none -> new ArrayList<>())
                        .add(new Target.OfObserver(
                                filter,
                                time(filter),
                                observer,
                                observer.topics().get(i)));
            }
        }
    }

    /** Returns a subscribed filter that overlaps this one, where one of the two is shared; null if there is none. */
    public synchronized @Nullable TopicFilter sharedOverlap(TopicFilter filter) {
        for (TopicFilter other : filter.shareGroup() == null ? shared : filters()) {
            if (isSubscribed(other) && filter.overlapsShared(other)) {
                return other;
            }
        }
        return null;
    }

    private synchronized boolean isSubscribed(TopicFilter filter) {
        return !unsubscribed.contains(filter) || consumers.containsKey(filter);
    }

    /** Returns the filters that observers or consumers are subscribed to. */
    public synchronized Set<TopicFilter> filters() {
        Set<TopicFilter> all = new HashSet<>(observers.keySet());
        all.removeAll(unsubscribed);
        all.addAll(consumers.keySet());
        return all;
    }

    /**
     * Routes the messages of a filter to its observers, and to a consumer.
     *
     * @param consumer null for the observers alone
     */
    public synchronized void subscribe(TopicFilter filter, @Nullable Consumer<MqttMessage> consumer) {
        boolean changed = unsubscribed.remove(filter);
        if (consumer == null) {
            changed |= consumers.remove(filter) != null;
        } else {
            add(filter);
            changed |= subscribeConsumer(filter, consumer);
        }
        if (changed) {
            cache = null;
        }
    }

    /** One that takes the place of another also takes the messages that were received for that. */
    private boolean subscribeConsumer(TopicFilter filter, Consumer<MqttMessage> consumer) {
        Target.OfConsumer before = consumers.get(filter);
        int number = before == null ? subscribed + 1 : before.number();
        consumers.put(filter, new Target.OfConsumer(filter, time(filter), consumer, number));
        subscribed = Math.max(subscribed, number);
        return before == null || !consumer.equals(before.consumer());
    }

    /** Returns how many consumers have subscribed so far. */
    int subscribed() {
        return subscribed;
    }

    /** Routes the messages of a filter to its observers and its consumer no longer. */
    public synchronized void unsubscribe(TopicFilter filter) {
        boolean changed = consumers.remove(filter) != null;
        if (observers.containsKey(filter)) {
            changed |= unsubscribed.add(filter);
        } else {
            times.remove(filter);
            shared.remove(filter);
            prefixed.remove(filter);
        }
        if (changed) {
            cache = null;
        }
    }

    /** Routes messages to no observers and consumers of topic filters any more. */
    public synchronized void unsubscribeAll() {
        consumers.clear();
        shared.retainAll(observers.keySet());
        times.keySet().retainAll(observers.keySet());
        unsubscribed.addAll(observers.keySet());
        cache = null;
    }

    /**
     * Records a topic that has no observer, and returns how many were recorded. Returns 0 if it is not new or beyond the
     * bound, or if its observers were unsubscribed: its last messages may still be on their way.
     */
    synchronized int addUnobserved(String topic) {
        return unobserved.size() < MOST_UNOBSERVED
                        && unsubscribed.stream().noneMatch(filter -> filter.matches(topic))
                        && unobserved.add(topic)
                ? unobserved.size()
                : 0;
    }

    /**
     * Returns the route of a message.
     *
     * @param subscribed as {@link #subscribed} returned when it was received
     */
    Route route(String topic, int subscribed) {
        Route route = cache().route(topic);
        return subscribed >= this.subscribed ? route : route.before(subscribed);
    }

    /** Returns the route of a message that is only for some of its topic's observers and consumers. */
    Route route(String topic, Set<Recipient> recipients) {
        return cache().route(topic, recipients);
    }

    private RouteCache cache() {
        RouteCache current = cache;
        return current == null ? rebuild() : current;
    }

    /** Returns how many routes are kept, by topic and by match. */
    int size() {
        RouteCache current = cache;
        return current == null ? 0 : current.size();
    }

    private synchronized RouteCache rebuild() {
        RouteCache current = cache;
        if (current == null) {
            Map<TopicFilter, List<Target>> all = new LinkedHashMap<>();
            observers.forEach((filter, targets) -> {
                if (!unsubscribed.contains(filter)) {
                    all.put(filter, new ArrayList<>(targets));
                }
            });
            consumers.forEach((filter, consumer) ->
                    all.computeIfAbsent(filter, none -> new ArrayList<>()).add(consumer));
            current = new RouteCache(routes, all);
            cache = current;
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

    /** Returns whether the handling time of a filter's messages is measured. */
    public boolean isTimed(TopicFilter filter) {
        return times.containsKey(filter);
    }

    /**
     * Returns a filter that matches the topic without its own first level, or its first two, which may be a prefix of the
     * broker; each filter once. Null if there is none.
     */
    @Nullable
    TopicFilter matchWithoutPrefix(String topic) {
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

    private synchronized void add(TopicFilter filter) {
        time(filter);
        if (filter.shareGroup() != null) {
            shared.add(filter);
        } else if (filter.wire().startsWith("$") && !filter.wire().startsWith("$SYS/")) {
            prefixed.add(filter);
        }
    }

    private HandlingTime time(TopicFilter filter) {
        return times.computeIfAbsent(filter, none -> new HandlingTime());
    }
}
