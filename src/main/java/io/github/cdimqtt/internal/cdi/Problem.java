package io.github.cdimqtt.internal.cdi;

/** One thing that is wrong with a deployment: what, where and what to do. */
record Problem(ProblemId id, String text) {

    @Override
    public String toString() {
        return id + ": " + text;
    }
}
