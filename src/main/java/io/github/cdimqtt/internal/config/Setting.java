package io.github.cdimqtt.internal.config;

import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.internal.value.Faults;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A key of a connection. Immutable.
 *
 * @param key without {@code mqtt.} and the name of a connection
 * @param defaultText the default of the builder, as it would be written; null if there is none
 * @param format how its value is written
 * @param setter sets its value, and checks it
 * @param description what it is for, in one line, as the page about configuration says it
 */
record Setting<T>(
        String key,
        @Nullable String defaultText,
        ValueFormat<T> format,
        BiConsumer<MqttConfig.Builder, T> setter,
        String description) {

    Setting<T> means(String sentence) {
        return new Setting<>(key, defaultText, format, setter, sentence);
    }

    /**
     * Sets the value that a text stands for.
     *
     * @throws MqttException that starts with the key, if it is not allowed; the text is part of it unless it is a secret
     */
    void read(String text, MqttConfig.Builder builder) {
        T value;
        try {
            value = format.read(text);
        } catch (MqttException e) {
            throw new MqttException(Faults.of(key, text, String.valueOf(e.getMessage())));
        }
        if (value != null) {
            setter.accept(builder, value);
        }
    }
}
