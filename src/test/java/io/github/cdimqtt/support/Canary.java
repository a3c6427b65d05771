package io.github.cdimqtt.support;

/** A part of every password of the tests, which must not be in anything that they print: {@code .ci/run} searches for it. */
public final class Canary {
    public static final String WORD = "canary";

    private Canary() {}
}
