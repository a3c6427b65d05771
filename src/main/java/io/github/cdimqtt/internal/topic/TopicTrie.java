package io.github.cdimqtt.internal.topic;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Values by topic filter: finds those of the filters that match a topic, without visiting all. Immutable and thread-safe. */
public final class TopicTrie<V> {
    private final TopicNode<V> root = new TopicNode<>();

    private TopicTrie(Map<TopicFilter, ? extends V> values) {
        values.forEach((filter, value) -> root.add(filter.levels(), value));
    }

    /** Returns a trie of these values. The group of a shared filter is ignored. */
    public static <V> TopicTrie<V> of(Map<TopicFilter, ? extends V> values) {
        return new TopicTrie<>(values);
    }

    /**
     * Returns the value of each filter that matches, in a new list.
     *
     * <p>The same filters always come in the same order: level by level {@code #} before {@code +} before any other,
     * and those that differ in their group only as they were given.
     */
    public List<V> match(String topic) {
        List<V> found = new ArrayList<>(4);
        if (topic.startsWith("$")) { // [4.7.2-1]
            root.matchLiterally(topic, found);
        } else {
            root.match(topic, 0, found);
        }
        return found;
    }
}
