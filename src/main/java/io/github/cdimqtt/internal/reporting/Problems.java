package io.github.cdimqtt.internal.reporting;

import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/** The problems of a deployment, each once, in the order of ids and texts. Warnings are logged at once. Not thread-safe. */
public final class Problems {
    private final TreeSet<Problem> all = new TreeSet<>(Comparator.comparing(Problem::toString));

    public void add(MessageId id, String text) {
        add(new Problem(id, text));
    }

    public void add(Problem problem) {
        if (problem.isFatal()) {
            all.add(problem);
        } else {
            Log.write(problem.id(), problem.text());
        }
    }

    /** Returns those that fail the deployment. */
    public List<Problem> all() {
        return List.copyOf(all);
    }
}
