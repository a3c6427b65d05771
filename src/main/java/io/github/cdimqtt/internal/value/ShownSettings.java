package io.github.cdimqtt.internal.value;

import io.github.cdimqtt.internal.text.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** Lists settings as a {@code toString} shows them: those that differ from their default, without secrets. */
public final class ShownSettings {
    private final StringJoiner text;
    private final List<String> keys = new ArrayList<>();

    /**
     * Creates an empty list.
     *
     * @param type the simple name of what holds them
     */
    public ShownSettings(String type) {
        this.text = new StringJoiner(", ", type + "[", "]");
    }

    /** Adds a setting that has no default: null is not shown. */
    public ShownSettings add(String key, @Nullable Object value) {
        return add(key, value, null);
    }

    /** Adds a setting, unless it has its default. */
    public ShownSettings add(String key, @Nullable Object value, @Nullable Object byDefault) {
        if (value != null && !value.equals(byDefault)) {
            keys.add(key);
            text.add(key + "=" + (Faults.isSecret(key) ? "***" : shown(value)));
        }
        return this;
    }

    /** Returns the keys of what was shown, in order. */
    public List<String> keys() {
        return List.copyOf(keys);
    }

    @Override
    public String toString() {
        return text.toString();
    }

    private static Object shown(Object value) {
        return value instanceof List<?> list
                ? list.stream().map(ShownSettings::shown).toList()
                : Printable.of(value.toString());
    }
}
