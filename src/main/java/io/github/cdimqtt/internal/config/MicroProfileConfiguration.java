package io.github.cdimqtt.internal.config;

import io.github.cdimqtt.MqttException;
import java.util.LinkedHashSet;
import java.util.NoSuchElementException;
import java.util.Set;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.config.ConfigValue;
import org.jspecify.annotations.Nullable;

/** MicroProfile Config of the application. The only class that needs its API. */
final class MicroProfileConfiguration implements Configuration {
    private final Config config;

    MicroProfileConfiguration(Config config) {
        this.config = config;
    }

    /** Returns the configuration of the thread's context class loader; throws anything if there is no provider. */
    static Configuration ofApplication() {
        return new MicroProfileConfiguration(ConfigProvider.getConfig());
    }

    @Override
    public @Nullable Value find(String key) {
        ConfigValue value = read(key);
        String text = value.getValue();
        String raw = value.getRawValue();
        if (text == null && raw != null && raw.contains("${")) {
            Configuration.resolve(key, raw, this::text); // says which one has no value
            throw new MqttException("an expression in it has no value");
        }
        String source = value.getSourceName();
        return text == null || text.isEmpty() ? null : new Value(text, source == null ? "MicroProfile Config" : source);
    }

    private ConfigValue read(String key) {
        try {
            return config.getConfigValue(key);
        } catch (NoSuchElementException e) {
            throw new MqttException("an expression in it has no value");
        } catch (RuntimeException e) {
            // What a provider says may hold the value, which may be a secret.
            throw new MqttException(
                    "MicroProfile Config can't read it: " + e.getClass().getName());
        }
    }

    @Override
    public Set<String> names() {
        Set<String> names = new LinkedHashSet<>();
        config.getPropertyNames().forEach(names::add);
        return names;
    }
}
