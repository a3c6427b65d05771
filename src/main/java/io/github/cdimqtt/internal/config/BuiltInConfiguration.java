package io.github.cdimqtt.internal.config;

import io.github.cdimqtt.MqttException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What there is without MicroProfile Config: system properties, then environment variables, then the files {@code
 * META-INF/microprofile-config.properties}. Immutable: read once.
 */
final class BuiltInConfiguration implements Configuration {
    private final Map<String, String> system;
    private final Map<String, String> environment;
    private final List<ConfigurationFile> files;

    BuiltInConfiguration(Map<String, String> system, Map<String, String> environment, List<ConfigurationFile> files) {
        this.system = system;
        this.environment = environment;
        this.files = files;
    }

    /**
     * Reads the configuration of this JVM and of the thread's context class loader.
     *
     * @throws MqttException if a file can't be read
     */
    static BuiltInConfiguration ofApplication() {
        Map<String, String> system = new TreeMap<>();
        Properties properties = System.getProperties();
        properties.stringPropertyNames().forEach(name -> system.put(name, properties.getProperty(name, "")));
        return new BuiltInConfiguration(
                system,
                System.getenv(),
                ConfigurationFile.all(Thread.currentThread().getContextClassLoader()));
    }

    @Override
    public @Nullable Value find(String key) {
        return find(key, List.of());
    }

    /** Finds a value; {@code within} are the keys whose values led here. */
    private @Nullable Value find(String key, List<String> within) {
        Value raw = raw(key);
        if (raw == null || raw.text().isEmpty()) {
            return null;
        }
        List<String> path = new ArrayList<>(within);
        path.add(key);
        if (within.contains(key)) {
            throw new MqttException("expressions go round in a circle");
        }
        String text = Configuration.resolve(key, raw.text(), other -> {
            Value value = find(other, path);
            return value == null ? null : value.text();
        });
        return text.isEmpty() ? null : new Value(text, raw.origin());
    }

    private @Nullable Value raw(String key) {
        if (system.containsKey(key)) {
            return new Value(system.getOrDefault(key, ""), "system properties");
        }
        for (String name : List.of(key, EnvironmentName.of(key), EnvironmentName.upperCaseOf(key))) {
            if (environment.containsKey(name)) {
                return new Value(environment.getOrDefault(name, ""), "environment variable " + name);
            }
        }
        for (ConfigurationFile file : files) {
            String text = file.values().get(key);
            if (text != null) {
                return new Value(text, file.url());
            }
        }
        return null;
    }

    @Override
    public Set<String> names() {
        Set<String> names = new LinkedHashSet<>(system.keySet());
        names.addAll(environment.keySet());
        files.forEach(file -> names.addAll(file.values().keySet()));
        return names;
    }
}
