package io.github.cdimqtt.internal.topic;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A node of the trie: the values of the filters that begin with the same levels. Immutable once the trie is built. */
final class TopicNode<V> {
    private final TopicLevels<V> literals = new TopicLevels<>();
    private @Nullable TopicNode<V> plus;
    private final List<V> ending = new ArrayList<>(1);
    private final List<V> goingOn = new ArrayList<>(1); // with '#'

    /** Adds the value of a filter of these levels below this node. */
    void add(List<String> levels, V value) {
        TopicNode<V> node = this;
        for (String level : levels) {
            if (level.equals("#")) {
                node.goingOn.add(value);
                return;
            }
            node = level.equals("+") ? node.plus() : node.literals.getOrAdd(level);
        }
        node.ending.add(value);
    }

    private TopicNode<V> plus() {
        if (plus == null) {
            plus = new TopicNode<>();
        }
        return plus;
    }

    /** Adds the values that match a topic from this index on. Recurses only where both branches match: filters can be deep. */
    void match(String topic, int start, List<V> found) {
        int from = start;
        TopicNode<V> node = this;
        while (node != null) {
            addAll(node.goingOn, found);
            if (from > topic.length()) {
                addAll(node.ending, found);
                return;
            }
            int to = TopicText.endOfLevel(topic, from);
            TopicNode<V> literal = node.literals.get(topic, from, to);
            TopicNode<V> any = node.plus;
            from = to + 1;
            if (any != null && literal != null) {
                any.match(topic, from, found);
            }
            node = literal != null ? literal : any;
        }
    }

    /** Adds the values that match a topic without a wildcard at the first level. */
    void matchLiterally(String topic, List<V> found) {
        int to = TopicText.endOfLevel(topic, 0);
        TopicNode<V> literal = literals.get(topic, 0, to);
        if (literal != null) {
            literal.match(topic, to + 1, found);
        }
    }

    private static <V> void addAll(List<V> values, List<V> found) {
        for (int i = 0; i < values.size(); i++) {
            found.add(values.get(i));
        }
    }
}
