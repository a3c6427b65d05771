package io.github.cdimqtt.internal.cdi;

import io.github.cdimqtt.internal.text.Printable;

/** One thing that is wrong with a deployment: what, where and what to do, in one line. */
record Problem(ProblemId id, String text) {

    Problem {
        text = Printable.line(text);
    }

    @Override
    public String toString() {
        return id + ": " + text;
    }
}
