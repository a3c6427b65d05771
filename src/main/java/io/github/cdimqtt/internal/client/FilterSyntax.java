package io.github.cdimqtt.internal.client;

import io.github.cdimqtt.MqttException;

/** What is special in the text of a filter: its wildcards, and the group of those who share it. */
final class FilterSyntax {
    static final String SHARE = "$share/";

    private FilterSyntax() {}

    /** Returns where the filter begins, after {@code $share/<group>/}; 0 if it is not shared (MQTT 5, 4.8.2). */
    static int startAfterShare(String text) {
        if (!text.startsWith(SHARE)) {
            return 0;
        }
        int end = TopicText.endOfLevel(text, SHARE.length());
        if (end == SHARE.length()) {
            throw fault(text, "the share group is empty");
        }
        for (int i = SHARE.length(); i < end; i++) {
            char c = text.charAt(i);
            if (c == '+' || c == '#') {
                throw fault(text, "'" + c + "' is not allowed in the share group (character " + i + ")");
            }
        }
        if (end + 1 >= text.length()) {
            throw fault(text, "no filter follows the share group");
        }
        return end + 1;
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
