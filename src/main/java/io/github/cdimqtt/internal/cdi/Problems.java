package io.github.cdimqtt.internal.cdi;

import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/** All that is wrong with a deployment: each thing once, in the order of ids and texts. Not thread-safe. */
final class Problems {
    private final TreeSet<Problem> all = new TreeSet<>(Comparator.comparing(Problem::toString));

    void add(ProblemId id, String text) {
        add(new Problem(id, text));
    }

    void add(Problem problem) {
        all.add(problem);
    }

    List<Problem> all() {
        return List.copyOf(all);
    }
}
