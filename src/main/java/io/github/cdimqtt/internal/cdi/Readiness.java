package io.github.cdimqtt.internal.cdi;

import java.util.Set;
import java.util.TreeSet;

/**
 * Whether a connection does what the application needs of it.
 *
 * @param use whether it is open, closed for good reason, or never used
 * @param connected whether the broker has accepted it
 * @param notGranted the topic filters that are wanted and not granted
 */
record Readiness(Use use, boolean connected, Set<String> notGranted) {

    enum Use {
        OPEN,
        SWITCHED_OFF,
        NOT_OPENED
    }

    static final Readiness NOT_OPENED = new Readiness(Use.NOT_OPENED, false, Set.of());
    static final Readiness SWITCHED_OFF = new Readiness(Use.SWITCHED_OFF, false, Set.of());

    static Readiness of(boolean connected, Set<String> wanted, Set<String> granted) {
        Set<String> missing = new TreeSet<>(wanted);
        missing.removeAll(granted);
        return new Readiness(Use.OPEN, connected, missing);
    }

    /** What is not used keeps nobody from being ready. */
    boolean isReady() {
        return use != Use.OPEN || connected && notGranted.isEmpty();
    }
}
