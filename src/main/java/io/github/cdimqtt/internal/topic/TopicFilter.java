package io.github.cdimqtt.internal.topic;

import io.github.cdimqtt.MqttException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A valid topic filter (MQTT 3.1.1, section 4.7), shared or not. Immutable; equal if the same is sent. */
public final class TopicFilter {
    private final String wire;
    private final @Nullable String shareGroup;
    private final String filter;
    private final List<String> levels;

    private TopicFilter(String wire, int start) {
        this.wire = wire;
        this.shareGroup = FilterSyntax.group(wire, start);
        this.filter = wire.substring(start);
        this.levels = List.of(filter.split("/", -1));
    }

    /**
     * Returns the filter that is sent as this text.
     *
     * @throws MqttException if it is none: the message names the fault, and where it is
     */
    public static TopicFilter of(String wire) {
        TopicText.check(TopicText.FILTER, wire);
        int start = FilterSyntax.startAfterShare(wire);
        for (int from = start, to; from <= wire.length(); from = to + 1) {
            to = TopicText.endOfLevel(wire, from);
            FilterSyntax.checkLevel(wire, from, to);
        }
        return new TopicFilter(wire, start);
    }

    /** Returns the filter as it is sent. */
    public String wire() {
        return wire;
    }

    /**
     * Returns the group of a shared filter, or the prefix of a broker that is used as a group; null if it has neither.
     */
    public @Nullable String shareGroup() {
        return shareGroup;
    }

    /** Returns the filter without {@code $share/<group>/}, or the prefix that a broker has in its place. */
    public String filter() {
        return filter;
    }

    /** Returns the filter without its first level; null if nothing, or nothing but wildcards, is left. */
    public @Nullable TopicFilter withoutFirstLevel() {
        int slash = filter.indexOf('/');
        List<String> rest = levels.subList(1, levels.size());
        return slash < 0 || List.of("+", "#", "").containsAll(rest) ? null : of(filter.substring(slash + 1));
    }

    /** Returns whether the broker sends retained messages for it; for a shared one it does not (MQTT 5, 4.8.2). */
    public boolean bringsRetained() {
        return shareGroup == null || wire.startsWith("$exclusive/");
    }

    /** Returns the levels of {@link #filter()}; a wildcard is a level of its own. */
    List<String> levels() {
        return levels;
    }

    /** Returns whether it has a {@code +} or {@code #}. */
    public boolean hasWildcard() {
        return levels.contains("+") || levels.contains("#");
    }

    /** Returns whether it matches a topic. */
    public boolean matches(String topic) {
        if (topic.startsWith("$") && (filter.startsWith("+") || filter.startsWith("#"))) { // [4.7.2-1]
            return false;
        }
        int from = 0;
        for (String level : levels) {
            if (level.equals("#")) { // the parent level too
                return true;
            }
            if (from > topic.length()) {
                return false;
            }
            int to = TopicText.endOfLevel(topic, from);
            if (!level.equals("+") && !(level.length() == to - from && topic.startsWith(level, from))) {
                return false;
            }
            from = to + 1;
        }
        return from > topic.length();
    }

    /** Returns whether this matches every topic that the other matches. A shared filter covers only itself. */
    public boolean covers(TopicFilter other) {
        return shareGroup == null && other.shareGroup == null
                ? FilterRelation.covers(levels, other.levels)
                : equals(other);
    }

    /**
     * Returns whether one of the two is shared and some topic matches both. A broker sends a message on such a topic once for
     * each of them, and MQTT 3.1.1 does not identify the subscription.
     */
    public boolean overlapsShared(TopicFilter other) {
        return (shareGroup != null || other.shareGroup != null) && !equals(other) && overlaps(other);
    }

    /** Returns whether some topic matches both, were none of them shared. */
    public boolean overlaps(TopicFilter other) {
        return FilterRelation.overlap(levels, other.levels);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TopicFilter that && that.wire.equals(wire);
    }

    @Override
    public int hashCode() {
        return wire.hashCode();
    }

    /** Returns the filter as it is sent. */
    @Override
    public String toString() {
        return wire;
    }
}
