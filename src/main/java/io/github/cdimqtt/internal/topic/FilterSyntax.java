package io.github.cdimqtt.internal.topic;

import io.github.cdimqtt.MqttException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The syntax that a filter adds to a topic: wildcards, and the prefix of a shared subscription with its group. */
final class FilterSyntax {
    /**
     * Prefixes before a group, with the character that ends it: {@code $share/} of MQTT 5, which brokers also know with
     * MQTT 3.1.1; {@code $oshare/} of BifroMQ, which keeps the order; {@code $SharedSubscription/} of IBM MessageSight and
     * Amlen; {@code $share:} of HiveMQ before MQTT 5.
     */
    private static final Map<String, Character> WITH_GROUP =
            Map.of("$share/", '/', "$oshare/", '/', "$SharedSubscription/", '/', "$share:", ':');

    /** Prefixes of EMQX without a group: one group of all subscribers, and one subscriber at a time. */
    private static final List<String> WITHOUT_GROUP = List.of("$queue/", "$exclusive/");

    private FilterSyntax() {}

    /**
     * Returns where the filter begins, after {@code $share/<group>/} (MQTT 5, 4.8.2) or a prefix that a broker has in its
     * place. Messages arrive on topics without it. Returns 0 if there is none.
     */
    static int startAfterShare(String text) {
        if (!text.startsWith("$")) {
            return 0;
        }
        for (String prefix : WITHOUT_GROUP) {
            if (text.startsWith(prefix)) {
                return inside(text, prefix.length());
            }
        }
        for (Map.Entry<String, Character> each : WITH_GROUP.entrySet()) {
            if (text.startsWith(each.getKey())) {
                return startAfterGroup(text, each.getKey().length(), each.getValue());
            }
        }
        return 0;
    }

    private static int startAfterGroup(String text, int from, char separator) {
        int found = text.indexOf(separator, from);
        int end = found < 0 ? text.length() : found;
        if (end == from) {
            throw fault(text, "the share group is empty");
        }
        for (int i = from; i < end; i++) {
            char c = text.charAt(i);
            if (c == '+' || c == '#') {
                throw fault(text, "'" + c + "' is not allowed in the share group (character " + i + ")");
            }
        }
        return inside(text, end + 1);
    }

    private static int inside(String text, int start) {
        if (start >= text.length()) {
            throw fault(text, "no filter follows the share group");
        }
        return start;
    }

    /** Returns the group before the start of the filter, or the prefix that is used as a group; null if it is not shared. */
    static @Nullable String group(String text, int start) {
        if (start == 0) {
            return null;
        }
        for (String prefix : WITH_GROUP.keySet()) {
            if (text.startsWith(prefix)) {
                return text.substring(prefix.length(), start - 1);
            }
        }
        return text.substring(0, start - 1);
    }

    /** Checks the wildcards of one level [4.7.1-2], [4.7.1-3]. */
    static void checkLevel(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if ((c == '+' || c == '#') && to - from > 1) {
                throw fault(text, "'" + c + "' must be a whole level (character " + i + ")");
            }
            if (c == '#' && to < text.length()) {
                throw fault(text, "'#' must be the last level");
            }
        }
    }

    static MqttException fault(String text, String fault) {
        return TopicText.fault(TopicText.FILTER, text, fault);
    }
}
