package io.github.cdimqtt.internal.value;

import io.github.cdimqtt.internal.text.Printable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Collects what is wrong with settings: each fault is a line that starts with its key. Not thread-safe. */
public final class Faults {
    /** What the keys of secrets end with. */
    private static final Set<String> SECRETS =
            Set.of("password", "username", "last-will.message", "correlation-data", "user-properties");

    private final List<String> texts = new ArrayList<>();

    /** Adds a fault if a condition holds. */
    public void addIf(boolean wrong, String key, @Nullable Object value, String text) {
        if (wrong) {
            texts.add(of(key, value, text));
        }
    }

    /** Returns all of them, in order. */
    public List<String> texts() {
        return List.copyOf(texts);
    }

    /**
     * Returns the text of a fault: key, value unless that may be a secret, what is wrong.
     *
     * @param value as the user wrote it; null to show none
     */
    public static String of(String key, @Nullable Object value, String wrong) {
        if (value == null || isSecret(key)) {
            return key + ": " + wrong;
        }
        String text = value instanceof Duration period ? period(period) : value.toString();
        return key.equals("broker-url") && mayHoldSecrets(text)
                ? key + ": " + wrong
                : key + "='" + Printable.of(text) + "': " + wrong;
    }

    /**
     * Returns whether the value of a key must never be shown.
     *
     * @param key with or without the prefix of its connection
     */
    public static boolean isSecret(String key) {
        return SECRETS.stream().anyMatch(key::endsWith);
    }

    /** Writes a period as a person would: {@code 1m30s}. */
    public static String period(Duration period) {
        return period.toString().substring(2).toLowerCase(Locale.ROOT);
    }

    /** A faulty address may have a password or a token in it. */
    private static boolean mayHoldSecrets(String address) {
        return address.chars().anyMatch(c -> c == '@' || c == '?' || c == '#');
    }
}
