package io.github.cdimqtt.internal.config;

import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.internal.config.Configuration.Value;
import io.github.cdimqtt.internal.reporting.MessageId;
import io.github.cdimqtt.internal.reporting.Problem;
import io.github.cdimqtt.internal.text.Printable;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads connections and expressions from the configuration of a deployment. What is wrong is reported to those who collect
 * it, all of it. Not thread-safe.
 */
public final class ConfigReader {
    private final Configuration configuration;
    private final Consumer<Problem> problems;

    /** Keys that expressions asked for: the application's own, whatever they start with. */
    private final Set<String> referredTo = new HashSet<>();

    public ConfigReader(Configuration configuration, Consumer<Problem> problems) {
        this.configuration = configuration;
        this.problems = problems;
    }

    /** Returns a reader of the application's configuration; of an empty one if its files can't be read. */
    public static ConfigReader ofApplication(Consumer<Problem> problems) {
        Configuration configuration;
        try {
            configuration = Configuration.ofApplication();
        } catch (MqttException e) {
            problems.accept(new Problem(MessageId.UNREADABLE_SOURCE, String.valueOf(e.getMessage())));
            configuration = new BuiltInConfiguration(Map.of(), Map.of(), List.of());
        }
        return new ConfigReader(configuration, problems);
    }

    /**
     * Returns a text of the code with its {@code ${key}} resolved.
     *
     * @throws MqttException if that can't be done, for the caller to say where
     */
    public String resolve(String text) {
        return Expressions.resolve(text, key -> {
            referredTo.add(key);
            return configuration.text(key);
        });
    }

    /** Returns whether a connection has a {@code broker-url} of its own. */
    public boolean isConfigured(String name) {
        return ConnectionPrefix.of(name).isIn(configuration);
    }

    /**
     * Returns the names of all named connections that have a {@code broker-url}.
     *
     * @param mentioned names in the code: environment variables alone don't tell case and punctuation
     */
    public Set<String> names(Collection<String> mentioned) {
        return ConnectionPrefix.names(configuration, mentioned);
    }

    /** Reads a connection; null if anything is wrong, which is then reported. */
    @Nullable
    public MqttConfig read(String name) {
        ConnectionPrefix keys = ConnectionPrefix.of(name);
        MqttConfig.Builder builder = MqttConfig.builder();
        Set<String> refused = new HashSet<>();
        for (Setting<?> setting : Settings.ALL) {
            if (!set(builder, keys.prefix(), setting)) {
                refused.add(setting.key());
            }
        }
        return build(builder, keys.prefix(), refused);
    }

    /** Warns of keys that start with {@code mqtt.} and mean nothing; the last call, when all names are known. */
    public void warnOfUnknownKeys(Collection<String> connections) {
        Set<String> names = new HashSet<>(configuration.names());
        names.removeAll(referredTo);
        referredTo.forEach(key -> names.remove(EnvironmentName.upperCaseOf(key)));
        List<String> unknown = new UnknownKeys(names, connections, this::written).describe();
        if (!unknown.isEmpty()) {
            report(MessageId.UNKNOWN_KEY, "unknown configuration, without effect: " + String.join(", ", unknown));
        }
    }

    /** Warns of keys of a connection that are not read, because a bean takes their place; not of those that expressions name. */
    public void warnOfReplacedKeys(String connection) {
        String prefix = ConnectionPrefix.of(connection).prefix();
        List<String> replaced = Settings.KEYS.stream()
                .map(key -> prefix + key)
                .filter(key -> !referredTo.contains(key) && written(key) != null)
                .toList();
        if (!replaced.isEmpty()) {
            report(
                    MessageId.REPLACED_KEY,
                    String.join(", ", replaced) + ": not read, because the MqttConfig bean of '" + connection
                            + "' takes the place of all keys of its connection; remove them, unless it reads them itself");
        }
    }

    private @Nullable String written(String key) {
        try {
            return configuration.text(key);
        } catch (MqttException e) {
            return ""; // it is there, and can't be resolved
        }
    }

    private boolean set(MqttConfig.Builder builder, String prefix, Setting<?> setting) {
        String key = setting.key();
        try {
            Value value = configuration.find(prefix + key);
            return value == null || set(builder, prefix, setting, value);
        } catch (MqttException e) {
            report(MessageId.UNRESOLVED, prefix + key + ": " + e.getMessage());
            return false;
        }
    }

    private boolean set(MqttConfig.Builder builder, String prefix, Setting<?> setting, Value value) {
        String key = setting.key();
        if (key.equals("broker-port") && value.text().contains("://")) {
            report(
                    MessageId.IGNORED_PORT,
                    prefix + key + " is a URL, as Kubernetes sets it for a service of that name, and is ignored");
            return true;
        }
        if (key.endsWith("password") && value.text().matches("(?s).*[\\r\\n]")) {
            report(
                    MessageId.LINE_END,
                    prefix + key + " ends with the end of a line, which is taken as a part of it (" + value.origin()
                            + "); a file may have added it");
        }
        try {
            setting.read(value.text(), builder);
        } catch (MqttException e) {
            report(MessageId.BAD_VALUE, prefix + e.getMessage() + " (" + Printable.of(value.origin()) + ")");
            return false;
        }
        try {
            if (ConfiguredTopics.isOne(key)) {
                ConfiguredTopics.check(value.text());
            }
            return true;
        } catch (MqttException e) {
            report(
                    MessageId.BAD_TOPIC,
                    prefix + key + ": " + e.getMessage() + " (" + Printable.of(value.origin()) + ")");
            return false;
        }
    }

    private @Nullable MqttConfig build(MqttConfig.Builder builder, String prefix, Set<String> refused) {
        try {
            MqttConfig config = builder.build();
            Map<String, String> faults = new HashMap<>(ConfiguredTopics.faults(config));
            faults.keySet().removeAll(refused); // reported already
            faults.forEach(
                    (key, fault) -> report(MessageId.BAD_TOPIC, prefix + key + ": with its client-id, " + fault));
            return refused.isEmpty() && faults.isEmpty() ? config : null;
        } catch (MqttException e) {
            for (Throwable contradiction : e.getSuppressed()) {
                String text = String.valueOf(contradiction.getMessage());
                // A contradiction with a value that was reported already may only follow from that.
                if (refused.stream().noneMatch(text::contains)) {
                    report(MessageId.CONTRADICTION, prefix + text);
                }
            }
            return null;
        }
    }

    private void report(MessageId id, String text) {
        problems.accept(new Problem(id, text));
    }
}
