package io.github.cdimqtt.internal.topic;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Values by topic filter: finds those of the filters that cover a filter, or that it covers, without visiting all. The group of
 * a shared filter is ignored. Not thread-safe. Not recursive, as filters can be deep.
 */
public final class FilterTrie<V> {

    private static final class Node<V> {
        final Map<String, Node<V>> below = new HashMap<>(4); // wildcards too

        @Nullable
        V value;
    }

    private record Step<V>(Node<V> node, int index) {}

    private Node<V> root = new Node<>();
    private long visited;

    /** Returns how many nodes were visited so far. */
    public long visited() {
        return visited;
    }

    public void clear() {
        root = new Node<>();
    }

    public void put(TopicFilter filter, V value) {
        Node<V> node = root;
        for (String level : FilterRelation.spelledOut(filter.levels())) {
            node = node.below.computeIfAbsent(level, none -> new Node<>());
        }
        node.value = value;
    }

    @Nullable
    public V get(TopicFilter filter) {
        Node<V> node = root;
        for (String level : FilterRelation.spelledOut(filter.levels())) {
            node = node.below.get(level);
            if (node == null) {
                return null;
            }
        }
        return node.value;
    }

    public void remove(TopicFilter filter) {
        List<String> levels = FilterRelation.spelledOut(filter.levels());
        List<Node<V>> path = new ArrayList<>(levels.size() + 1);
        path.add(root);
        for (String level : levels) {
            Node<V> next = path.get(path.size() - 1).below.get(level);
            if (next == null) {
                return;
            }
            path.add(next);
        }
        path.get(levels.size()).value = null;
        for (int i = levels.size(); i > 0 && isEmpty(path.get(i)); i--) {
            path.get(i - 1).below.remove(levels.get(i - 1));
        }
    }

    private static boolean isEmpty(Node<?> node) {
        return node.value == null && node.below.isEmpty();
    }

    /** Returns the values of the filters that match every topic that this one matches; its own included. */
    public List<V> covering(TopicFilter filter) {
        return covering(FilterRelation.spelledOut(filter.levels()));
    }

    /** Returns the values of the filters that match a topic. */
    public List<V> matching(String topic) {
        return covering(List.of(topic.split("/", -1)));
    }

    private List<V> covering(List<String> levels) {
        List<V> found = new ArrayList<>(1);
        Deque<Step<V>> open = new ArrayDeque<>();
        open.push(new Step<>(root, 0));
        while (!open.isEmpty()) {
            Step<V> step = open.pop();
            int i = step.index();
            Node<V> node = step.node();
            visited++;
            add(node.below.get("#"), found); // the parent level too
            if (i == levels.size()) {
                add(node, found);
            } else if (!levels.get(i).equals("#")) {
                String level = levels.get(i);
                push(node.below.get(level), i + 1, open);
                if (!level.equals("+") && !(i == 0 && level.startsWith("$"))) { // [4.7.2-1]
                    push(node.below.get("+"), i + 1, open);
                }
            }
        }
        return found;
    }

    /** Returns the values of the filters all of whose topics this one matches; its own included. */
    public List<V> coveredBy(TopicFilter filter) {
        List<String> levels = FilterRelation.spelledOut(filter.levels());
        List<V> found = new ArrayList<>();
        Deque<Step<V>> open = new ArrayDeque<>();
        open.push(new Step<>(root, 0));
        while (!open.isEmpty()) {
            Step<V> step = open.pop();
            int i = step.index();
            Node<V> node = step.node();
            visited++;
            if (i == levels.size()) {
                add(node, found);
            } else if (levels.get(i).equals("#")) {
                add(node, found); // the parent level too
                node.below.values().forEach(child -> push(child, i, open));
            } else if (levels.get(i).equals("+")) {
                node.below.forEach((level, child) -> {
                    if (!level.equals("#") && !(i == 0 && level.startsWith("$"))) { // [4.7.2-1]
                        push(child, i + 1, open);
                    }
                });
            } else {
                push(node.below.get(levels.get(i)), i + 1, open);
            }
        }
        return found;
    }

    /** Returns the values of the filters that have a topic in common with this one; its own included. */
    public List<V> overlapping(TopicFilter filter) {
        List<String> levels = FilterRelation.spelledOut(filter.levels());
        List<V> found = new ArrayList<>();
        Deque<Step<V>> open = new ArrayDeque<>();
        open.push(new Step<>(root, 0));
        while (!open.isEmpty()) {
            Step<V> step = open.pop();
            int i = step.index();
            Node<V> node = step.node();
            visited++;
            if (i < levels.size() && levels.get(i).equals("#")) {
                add(node, found); // the parent level too
                node.below.values().forEach(child -> push(child, i, open));
                continue;
            }
            add(node.below.get("#"), found); // the parent level too
            if (i == levels.size()) {
                add(node, found);
            } else if (levels.get(i).equals("+")) {
                node.below.forEach((level, child) -> {
                    if (!level.equals("#") && !(i == 0 && level.startsWith("$"))) { // [4.7.2-1]
                        push(child, i + 1, open);
                    }
                });
            } else {
                push(node.below.get(levels.get(i)), i + 1, open);
                if (!(i == 0 && levels.get(i).startsWith("$"))) { // [4.7.2-1]
                    push(node.below.get("+"), i + 1, open);
                }
            }
        }
        return found;
    }

    private static <V> void push(@Nullable Node<V> node, int index, Deque<Step<V>> open) {
        if (node != null) {
            open.push(new Step<>(node, index));
        }
    }

    private static <V> void add(@Nullable Node<V> node, List<V> found) {
        if (node != null && node.value != null) {
            found.add(node.value);
        }
    }
}
