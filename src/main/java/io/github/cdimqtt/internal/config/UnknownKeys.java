package io.github.cdimqtt.internal.config;

import io.github.cdimqtt.MqttBroker;
import io.github.cdimqtt.internal.text.Printable;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds what looks like a key of ours and is none, and says what was probably meant. Immutable. */
final class UnknownKeys {
    /** So few wrong characters are a slip, whatever else the key might be. */
    private static final int CERTAIN = 2;

    private static final List<String> LONGEST_FIRST = Settings.KEYS.stream()
            .sorted(Comparator.comparingInt(String::length).reversed())
            .toList();

    /** What Kubernetes, and Docker for linked containers, set for a service. */
    private static final Pattern OF_A_SERVICE = Pattern.compile("(MQTT(?:_\\w+?)??)_"
            + "(?:SERVICE_HOST|SERVICE_PORT\\w*|PORT|PORT_\\d+_(?:TCP|UDP|SCTP)(?:_ADDR|_PORT|_PROTO)?)");

    /** Flask-MQTT's example still sets it; nothing reads it. */
    private static final String OBSOLETE = "MQTT_REFRESH_TIME";

    /** What an editor puts in front of the first key of a file, and how it looks to who does not know UTF-8. */
    private static final Pattern BYTE_ORDER_MARK = Pattern.compile("(?:\ufeff|\u00ef\u00bb\u00bf)(mqtt\\..*)");

    private final Set<String> names;
    private final Function<String, @Nullable String> values;
    private final Set<String> known = new TreeSet<>();

    /**
     * @param names all that the configuration holds
     * @param connections the names of all connections
     * @param values what a name stands for
     */
    UnknownKeys(Set<String> names, Collection<String> connections, Function<String, @Nullable String> values) {
        this.names = names;
        this.values = values;
        Stream.concat(Stream.of(MqttBroker.DEFAULT), connections.stream())
                .map(connection -> ConnectionPrefix.of(connection).prefix())
                .forEach(prefix -> Settings.KEYS.forEach(key -> known.add(prefix + key)));
    }

    /** Returns each unknown key, with what was meant where that can be guessed. */
    List<String> describe() {
        return names.stream()
                .sorted()
                .filter(this::unknown)
                .map(name -> describe(
                        name,
                        name.startsWith(ConnectionPrefix.ROOT)
                                ? UnaryOperator.identity()
                                : EnvironmentName::upperCaseOf))
                .toList();
    }

    private boolean unknown(String name) {
        if (BYTE_ORDER_MARK.matcher(name).matches()) {
            return true;
        }
        if (name.startsWith(ConnectionPrefix.ROOT)) {
            // MicroProfile Config may list an environment variable as the key that it imagines behind it, too.
            return !known.contains(name) && !names.contains(EnvironmentName.upperCaseOf(name));
        }
        return name.startsWith(EnvironmentName.upperCaseOf(ConnectionPrefix.ROOT))
                && known.stream().map(EnvironmentName::upperCaseOf).noneMatch(name::equals)
                && !name.equals(OBSOLETE)
                && !ofAService(name);
    }

    private boolean ofAService(String name) {
        Matcher service = OF_A_SERVICE.matcher(name);
        return service.matches()
                && !isNumberInPlaceOfAUrl(name)
                && (service.group(1).equals("MQTT") || names.contains(service.group(1) + "_SERVICE_HOST"));
    }

    /** Kubernetes sets a URL there; a number is what a person writes. */
    private boolean isNumberInPlaceOfAUrl(String name) {
        String value =
                name.endsWith("_PORT") && !name.matches(".*_PORT_\\d+_.*|.*_SERVICE_PORT") ? values.apply(name) : null;
        return value != null && value.matches("\\s*[0-9]+\\s*");
    }

    /**
     * Describes an unknown key.
     *
     * @param spelling how keys are written where it comes from
     */
    private String describe(String name, UnaryOperator<String> spelling) {
        Matcher marked = BYTE_ORDER_MARK.matcher(name);
        if (marked.matches()) {
            return shown(name) + " (a byte order mark is in front of " + shown(marked.group(1))
                    + "; save the file without one)";
        }
        String synonym = Synonyms.keyOf(name.substring(ConnectionPrefix.ROOT.length()));
        if (synonym != null) {
            return meant(name, spelling.apply(ConnectionPrefix.ROOT + synonym));
        }
        String near = nearest(name, known.stream().map(spelling));
        if (EditDistance.between(name, near) <= CERTAIN) {
            return meant(name, near);
        }
        String ofConnection = synonymOfAConnection(name, spelling);
        if (ofConnection != null) {
            return meant(name, ofConnection);
        }
        for (String key : LONGEST_FIRST) {
            String end = spelling.apply("." + key);
            String start = name.endsWith(end) ? name.substring(0, name.length() - end.length()) : "";
            if (start.equals(spelling.apply(ConnectionPrefix.ROOT + MqttBroker.DEFAULT))) {
                return meant(name, spelling.apply(ConnectionPrefix.ROOT + key));
            }
            if (!start.isEmpty() && ConnectionPrefix.reserved().map(spelling).noneMatch(start::equals)) {
                return shown(name) + " (there is no " + shown(start + spelling.apply(".broker-url")) + ")";
            }
        }
        String likely = nearest(name, Stream.concat(Stream.of(near), ofItsConnection(name)));
        int length = name.length() - ConnectionPrefix.ROOT.length();
        return EditDistance.between(name, likely) <= length / 3 ? meant(name, likely) : shown(name);
    }

    /** Returns the key that another word stands for behind the name of a connection. */
    private static @Nullable String synonymOfAConnection(String name, UnaryOperator<String> spelling) {
        int end = name.indexOf(spelling.apply("."), ConnectionPrefix.ROOT.length());
        String start = name.substring(0, Math.max(0, end));
        if (end <= ConnectionPrefix.ROOT.length()
                || ConnectionPrefix.reserved().map(spelling).anyMatch(start::equals)) {
            return null;
        }
        String key = Synonyms.keyOf(name.substring(end + 1));
        return key == null ? null : start + spelling.apply("." + key);
    }

    /** Returns the keys of the connection that a key with a dot may belong to. */
    private static Stream<String> ofItsConnection(String name) {
        int dot = Math.max(0, name.indexOf('.', ConnectionPrefix.ROOT.length()));
        boolean possible = dot > 0 && ConnectionPrefix.reserved().noneMatch(name.substring(0, dot)::equals);
        return possible ? Settings.KEYS.stream().map(key -> name.substring(0, dot + 1) + key) : Stream.empty();
    }

    private static String meant(String name, String known) {
        return shown(name) + " (did you mean " + shown(known) + "?)";
    }

    private static String shown(String name) {
        return Printable.of(name);
    }

    private static String nearest(String name, Stream<String> candidates) {
        return candidates
                .min(Comparator.comparingInt(candidate -> EditDistance.between(name, candidate)))
                .orElseThrow();
    }
}
