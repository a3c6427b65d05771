package io.github.cdimqtt.internal.config;

import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.internal.reporting.Log;
import io.github.cdimqtt.internal.value.Faults;
import java.util.ServiceConfigurationError;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where the values of keys come from: MicroProfile Config, or without it system properties, environment and file. Thread-safe.
 */
interface Configuration {
    /**
     * Returns the value of a key with its expressions resolved; null if there is none or it is empty.
     *
     * @throws MqttException if an expression in it has no value: the message never holds a value
     */
    @Nullable
    Value find(String key);

    /** Returns the names of all values, as they are written where they come from. */
    Set<String> names();

    /** Returns the text of a value; null if there is none. */
    default @Nullable String text(String key) {
        Value value = find(key);
        return value == null ? null : value.text();
    }

    /**
     * Resolves the expressions in the value of a key.
     *
     * @throws MqttException as {@link #find} does
     */
    static String resolve(String key, String text, Function<String, @Nullable String> lookup) {
        return Faults.isSecret(key) ? Expressions.resolveSecret(text, lookup) : Expressions.resolve(text, lookup);
    }

    /** Returns MicroProfile Config where it works, otherwise the built-in sources. */
    static Configuration ofApplication() {
        try {
            return MicroProfileConfiguration.ofApplication();
        } catch (LinkageError | ServiceConfigurationError | RuntimeException e) {
            // No API, no provider, or one that fails: there is no common exception for them.
            Log.debug( // what it says may hold a value
                    "No MicroProfile Config, so the built-in configuration sources: "
                            + e.getClass().getName(),
                    null);
            return BuiltInConfiguration.ofApplication();
        }
    }

    /**
     * A value.
     *
     * @param origin where it was found, in words
     */
    record Value(String text, String origin) {

        /** Leaves the text out: it may be a secret. */
        @Override
        public String toString() {
            return "Value[from " + origin + "]";
        }
    }
}
