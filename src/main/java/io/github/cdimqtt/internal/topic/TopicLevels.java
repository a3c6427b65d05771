package io.github.cdimqtt.internal.topic;

import org.jspecify.annotations.Nullable;

/** Nodes by the text of their level: a hash table that looks up a part of a topic without copying it. Not thread-safe. */
final class TopicLevels<V> {
    private @Nullable Entry<V>[] table = newTable(1);
    private int size;

    /** Returns the node of the level between two indices of a topic; null if there is none. */
    @Nullable
    TopicNode<V> get(String topic, int from, int to) {
        if (size == 0) {
            return null;
        }
        int hash = 0;
        for (int i = from; i < to; i++) {
            hash = 31 * hash + topic.charAt(i); // as String.hashCode
        }
        for (Entry<V> entry = table[slot(hash, table)]; entry != null; entry = entry.next) {
            if (entry.level.length() == to - from && topic.startsWith(entry.level, from)) {
                return entry.node;
            }
        }
        return null;
    }

    /** Returns the node of a level; adds it if there is none. */
    TopicNode<V> getOrAdd(String level) {
        TopicNode<V> node = get(level, 0, level.length());
        if (node == null) {
            node = new TopicNode<>();
            if (++size > table.length) {
                grow();
            }
            put(table, level, node);
        }
        return node;
    }

    private void grow() {
        @Nullable Entry<V>[] larger = newTable(table.length * 2);
        for (Entry<V> first : table) {
            for (Entry<V> entry = first; entry != null; entry = entry.next) {
                put(larger, entry.level, entry.node);
            }
        }
        table = larger;
    }

    private static <V> void put(@Nullable Entry<V>[] table, String level, TopicNode<V> node) {
        int slot = slot(level.hashCode(), table);
        table[slot] = new Entry<>(level, node, table[slot]);
    }

    private static int slot(int hash, Object[] table) {
        return (hash ^ hash >>> 16) & table.length - 1;
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static <V> @Nullable Entry<V>[] newTable(int length) {
        return new Entry[length];
    }

    private record Entry<V>(
            String level, TopicNode<V> node, @Nullable Entry<V> next) {}
}
