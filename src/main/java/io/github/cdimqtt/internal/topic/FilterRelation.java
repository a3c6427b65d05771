package io.github.cdimqtt.internal.topic;

import java.util.List;

/** Compares the topics of two filters by their levels. */
final class FilterRelation {
    private static final List<String> ALL = List.of("#");
    private static final List<String> BELOW_EMPTY = List.of("", "#");

    private FilterRelation() {}

    /** Returns whether one filter matches every topic that the other matches. */
    static boolean covers(List<String> filter, List<String> other) {
        List<String> one = spelledOut(filter);
        List<String> two = spelledOut(other);
        int common = Math.min(one.size(), two.size());
        for (int i = 0; i < common; i++) {
            if (goesOn(one, i)) {
                return true;
            }
            if (goesOn(two, i) || !takes(one.get(i), two.get(i), i)) {
                return false;
            }
        }
        return one.size() == two.size() || goesOn(one, common);
    }

    /** Returns whether some topic matches both filters. */
    static boolean overlap(List<String> filter, List<String> other) {
        List<String> one = spelledOut(filter);
        List<String> two = spelledOut(other);
        int common = Math.min(one.size(), two.size());
        for (int i = 0; i < common; i++) {
            if (goesOn(one, i) || goesOn(two, i)) {
                return true;
            }
            if (!takes(one.get(i), two.get(i), i) && !takes(two.get(i), one.get(i), i)) {
                return false;
            }
        }
        return one.size() == two.size() || goesOn(one, common) || goesOn(two, common);
    }

    /** No topic is empty [4.7.3-1]: the parent level that these two filters would match does not exist. */
    static List<String> spelledOut(List<String> levels) {
        return levels.equals(ALL) ? List.of("+", "#") : levels.equals(BELOW_EMPTY) ? List.of("", "+", "#") : levels;
    }

    private static boolean goesOn(List<String> levels, int index) {
        return index < levels.size() && levels.get(index).equals("#");
    }

    /** Returns whether a level matches another; a wildcard at the first level does not match one that begins with $ [4.7.2-1]. */
    private static boolean takes(String level, String other, int index) {
        return level.equals(other) || level.equals("+") && !(index == 0 && other.startsWith("$"));
    }
}
