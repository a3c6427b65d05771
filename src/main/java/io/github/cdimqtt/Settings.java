package io.github.cdimqtt;

import io.github.cdimqtt.internal.text.Printable;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** The values of one connection: those that were set, otherwise the defaults. Not thread-safe while it changes. */
final class Settings {
    private final Map<Setting, Object> values = new EnumMap<>(Setting.class);

    Settings() {}

    Settings(Settings other) {
        values.putAll(other.values);
    }

    /** Sets the value that a text stands for. */
    void read(String key, String text) {
        Setting setting = Setting.all().get(key);
        if (setting == null) {
            throw new MqttException(Printable.of(key) + ": unknown key; there are "
                    + String.join(", ", Setting.all().keySet()));
        }
        try {
            put(setting, setting.read(text));
        } catch (MqttException e) {
            throw fault(setting, text, e);
        }
    }

    /** Sets a value of the type that the format of the setting makes; null for none. */
    void set(Setting setting, @Nullable Object value) {
        try {
            if (value != null) {
                setting.check(value);
            }
            put(setting, value);
        } catch (MqttException e) {
            throw fault(setting, value, e);
        }
    }

    /** Returns the value, the default if none was set, null if there is no default. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // the type is the one that the format makes
    <T> @Nullable T find(Setting setting) {
        Object value = values.get(setting);
        return (T) (value == null ? setting.defaultValue() : value);
    }

    /** Returns the value of a setting that has a default. */
    @SuppressWarnings("TypeParameterUnusedInFormals")
    <T> T get(Setting setting) {
        T value = find(setting);
        if (value == null) {
            throw new IllegalStateException(setting.key() + " has no default");
        }
        return value;
    }

    boolean has(Setting setting) {
        return values.containsKey(setting);
    }

    /** What was set, without secrets. */
    @Override
    public String toString() {
        StringJoiner text = new StringJoiner(", ", "[", "]");
        values.forEach((setting, value) -> text.add(setting.key() + "=" + (setting.secret() ? "***" : shown(value))));
        return text.toString();
    }

    private static Object shown(Object value) {
        return value instanceof List<?> list
                ? list.stream().map(Settings::shown).toList()
                : Printable.of(value.toString());
    }

    private void put(Setting setting, @Nullable Object value) {
        if (value == null) {
            values.remove(setting);
        } else {
            values.put(setting, value);
        }
    }

    private static MqttException fault(Setting setting, @Nullable Object value, MqttException cause) {
        return new MqttException(setting.fault(value, cause.getMessage()));
    }
}
