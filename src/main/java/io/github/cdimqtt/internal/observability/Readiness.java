package io.github.cdimqtt.internal.observability;

import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Whether a connection is ready: connected, with all its topic filters granted. Immutable.
 *
 * @param use whether it is open, disabled, unused or unusable
 * @param connected whether the broker has accepted it
 * @param notGranted the topic filters that are asked for and not granted
 * @param reason why it can't be used; null if it can
 */
public record Readiness(
        Use use,
        boolean connected,
        Set<String> notGranted,
        @Nullable String reason) {

    enum Use {
        OPEN,
        SWITCHED_OFF,
        NOT_OPENED,
        UNUSABLE
    }

    public static final Readiness NOT_OPENED = new Readiness(Use.NOT_OPENED, false, Set.of(), null);
    public static final Readiness SWITCHED_OFF = new Readiness(Use.SWITCHED_OFF, false, Set.of(), null);

    public static Readiness of(boolean connected, Set<String> wanted, Set<String> granted) {
        Set<String> missing = new TreeSet<>(wanted);
        missing.removeAll(granted);
        return new Readiness(Use.OPEN, connected, missing, null);
    }

    public static Readiness unusable(String reason) {
        return new Readiness(Use.UNUSABLE, false, Set.of(), reason);
    }

    /** Disabled and unused connections report UP. */
    boolean isReady() {
        return switch (use) {
            case OPEN -> connected && notGranted.isEmpty();
            case SWITCHED_OFF, NOT_OPENED -> true;
            case UNUSABLE -> false;
        };
    }
}
