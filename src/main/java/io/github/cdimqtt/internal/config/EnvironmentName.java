package io.github.cdimqtt.internal.config;

import java.util.Locale;
import java.util.regex.Pattern;

/** How a key is written as an environment variable (MicroProfile Config, "Environment Variables Mapping Rules"). */
final class EnvironmentName {
    private static final Pattern OTHERS = Pattern.compile("[^A-Za-z0-9]");

    private EnvironmentName() {}

    /** Returns the second of the three names that a key may have; the first is the key itself. */
    static String of(String key) {
        return OTHERS.matcher(key).replaceAll("_");
    }

    /** Returns the third, which is the usual one: {@code MQTT_BROKER_URL}. */
    static String upperCaseOf(String key) {
        return of(key).toUpperCase(Locale.ROOT);
    }
}
