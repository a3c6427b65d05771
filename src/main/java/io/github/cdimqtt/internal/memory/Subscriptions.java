package io.github.cdimqtt.internal.memory;

import static java.util.Objects.requireNonNull;

import io.github.cdimqtt.internal.topic.FilterTrie;
import io.github.cdimqtt.internal.topic.TopicFilter;
import java.util.LinkedHashMap;
import java.util.Map;

/** Who has subscribed what, and to whom a message goes. Not thread-safe. */
final class Subscriptions {
    /** By what they match: {@code #} and {@code +/#} do the same, and so do all groups of a filter. */
    private final FilterTrie<Map<TopicFilter, Subscribers>> filters = new FilterTrie<>();

    /** Adds a subscription, or replaces it. Returns whether it is new. */
    boolean put(TopicFilter filter, ClientSession session, GrantedFilter granted) {
        Map<TopicFilter, Subscribers> alike = filters.get(filter);
        if (alike == null) {
            alike = new LinkedHashMap<>();
            filters.put(filter, alike);
        }
        session.filters().add(filter);
        return alike.computeIfAbsent(filter, none -> new Subscribers()).put(session, granted) == null;
    }

    /** Returns what a session was granted for one of its filters. */
    GrantedFilter granted(TopicFilter filter, ClientSession session) {
        Map<TopicFilter, Subscribers> alike = requireNonNull(filters.get(filter));
        return requireNonNull(requireNonNull(alike.get(filter)).all().get(session));
    }

    /** Returns whether anybody has subscribed a filter that matches a topic. */
    boolean match(String topic) {
        return !filters.matching(topic).isEmpty();
    }

    /** Returns whether there was one. */
    boolean remove(TopicFilter filter, ClientSession session) {
        session.filters().remove(filter);
        Map<TopicFilter, Subscribers> alike = filters.get(filter);
        Subscribers subscribers = alike == null ? null : alike.get(filter);
        if (alike == null || subscribers == null || !subscribers.remove(session)) {
            return false;
        }
        if (subscribers.isEmpty()) {
            alike.remove(filter);
        }
        if (alike.isEmpty()) {
            filters.remove(filter);
        }
        return true;
    }

    /**
     * Delivers a message: once to each session for all its filters, and once for each shared one.
     *
     * @return whether anybody has subscribed
     */
    boolean deliver(StoredMessage message, ClientSession publisher) {
        Map<ClientSession, MessageCopy> copies = new LinkedHashMap<>();
        Map<Subscribers, Map.Entry<ClientSession, GrantedFilter>> turns = new LinkedHashMap<>();
        for (Map<TopicFilter, Subscribers> alike : filters.matching(message.topic())) {
            alike.forEach((filter, subscribers) -> {
                if (filter.shareGroup() != null) {
                    turns.put(subscribers, subscribers.takeTurn());
                } else {
                    subscribers.all().forEach((session, granted) -> {
                        if (!(granted.noLocal() && session == publisher)) { // [MQTT-3.8.3-3]
                            copies.merge(session, MessageCopy.of(message, granted), MessageCopy::and);
                        }
                    });
                }
            });
        }
        copies.forEach(ClientSession::deliver);
        turns.values().forEach(turn -> turn.getKey().deliver(MessageCopy.of(message, turn.getValue())));
        return !copies.isEmpty() || !turns.isEmpty();
    }
}
