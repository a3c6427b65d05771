package io.github.cdimqtt.internal.topic;

import org.jspecify.annotations.Nullable;

/**
 * A variable of a topic template. Immutable.
 *
 * @param level the index of its level, from 0
 * @param rest whether it stands for all levels from there on, none included
 */
record TopicVariable(String name, int level, boolean rest) {

    /** Parses one level of a template; returns null if it has no braces. */
    static @Nullable TopicVariable parse(String written, int from, int to, int level) {
        int open = indexOf('{', written, from, to);
        int close = indexOf('}', written, from, to);
        if (close < to && close < open) {
            throw FilterSyntax.fault(written, "'}' at character " + close + " without a '{' before it");
        }
        if (open == to) {
            return null;
        }
        if (close == to) {
            throw FilterSyntax.fault(written, "'{' at character " + open + " is never closed");
        }
        String braced = written.substring(open, close + 1);
        if (open > from || close + 1 < to) {
            throw FilterSyntax.fault(written, "'" + braced + "' must be a whole level (character " + open + ")");
        }
        boolean rest = written.charAt(close - 1) == '#';
        String name = written.substring(open + 1, rest ? close - 1 : close);
        if (name.isEmpty()) {
            throw FilterSyntax.fault(written, "'" + braced + "' at character " + open + " has no name");
        }
        if (!isIdentifier(name)) {
            throw FilterSyntax.fault(written, "'" + name + "' is no Java identifier (character " + (open + 1) + ")");
        }
        if (rest && to < written.length()) {
            throw FilterSyntax.fault(written, "'" + braced + "' must be the last level");
        }
        return new TopicVariable(name, level, rest);
    }

    /** Rejects variables between two indices: a share group can have none. */
    static void rejectIn(String written, int from, int to) {
        for (char brace : new char[] {'{', '}'}) {
            int index = indexOf(brace, written, from, to);
            if (index < to) {
                throw FilterSyntax.fault(
                        written, "'" + brace + "' is not allowed in the share group (character " + index + ")");
            }
        }
    }

    /**
     * Returns its value in a topic.
     *
     * @param from where its level begins in the topic; beyond the end if the topic has no such level
     */
    String valueIn(String topic, int from) {
        if (from <= topic.length()) {
            return topic.substring(from, rest ? topic.length() : TopicText.endOfLevel(topic, from));
        }
        if (rest) {
            return "";
        }
        throw TopicText.fault(TopicText.NAME, topic, "it has no level for '{" + name + "}'");
    }

    private static boolean isIdentifier(String name) {
        return Character.isJavaIdentifierStart(name.codePointAt(0))
                && name.codePoints().allMatch(Character::isJavaIdentifierPart);
    }

    /** Returns the index of a character between two others, or {@code to}. */
    private static int indexOf(char c, String text, int from, int to) {
        int index = text.indexOf(c, from);
        return index < 0 || index > to ? to : index;
    }
}
