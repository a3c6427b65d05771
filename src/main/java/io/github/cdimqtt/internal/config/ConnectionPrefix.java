package io.github.cdimqtt.internal.config;

import io.github.cdimqtt.MqttBroker;
import io.github.cdimqtt.MqttException;
import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the keys of one connection start with: {@code mqtt.} or {@code mqtt.<name>.}. */
public record ConnectionPrefix(String name) {
    static final String ROOT = "mqtt.";

    private static final Set<String> RESERVED =
            Set.of(MqttBroker.DEFAULT, "", "tls", "last-will", "presence", "reconnect", "dispatch");
    private static final Pattern ADDRESS = Pattern.compile("mqtt\\.(.+)\\.broker-url");
    private static final Pattern ADDRESS_VARIABLE = Pattern.compile("MQTT_(.+)_BROKER_URL");

    public static ConnectionPrefix of(String name) {
        return new ConnectionPrefix(name);
    }

    /** Finds the named connections of a configuration. */
    static Set<String> names(Configuration configuration, Collection<String> mentioned) {
        Set<String> candidates = new TreeSet<>(mentioned);
        Set<String> variables = new HashSet<>();
        mentioned.forEach(name -> variables.add(of(name).addressVariable()));
        for (String key : configuration.names()) {
            Matcher address = ADDRESS.matcher(key);
            if (address.matches()) {
                candidates.add(address.group(1));
                variables.add(of(address.group(1)).addressVariable());
            }
        }
        for (String key : configuration.names()) {
            Matcher variable = ADDRESS_VARIABLE.matcher(key);
            if (variable.matches() && !variables.contains(key)) {
                candidates.add(variable.group(1).toLowerCase(Locale.ROOT).replace('_', '-'));
            }
        }
        candidates.removeIf(name -> of(name).isReserved() || !of(name).isIn(configuration));
        return candidates;
    }

    /** Returns what the names of connections must not be, as keys start with it. */
    static Stream<String> reserved() {
        return RESERVED.stream().map(ROOT::concat);
    }

    /** Returns whether keys of the default connection start like this, or none can. */
    public boolean isReserved() {
        return RESERVED.contains(name);
    }

    public String prefix() {
        return name.equals(MqttBroker.DEFAULT) ? ROOT : ROOT + name + ".";
    }

    public String address() {
        return prefix() + "broker-url";
    }

    String addressVariable() {
        return EnvironmentName.upperCaseOf(address());
    }

    /** Returns whether it has an address of its own. */
    boolean isIn(Configuration configuration) {
        try {
            return configuration.find(address()) != null;
        } catch (MqttException e) {
            return true; // it is there; that it can't be resolved is reported when it is read
        }
    }
}
