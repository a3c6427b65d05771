package benchmark;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is to be measured, from system properties.
 *
 * @param clients names that {@link Client#named} knows; {@code paho} is what the others are compared to
 * @param scenarios names that {@link Scenario#named} knows, {@code start}, {@code tests} and {@code outbox}
 * @param bytes the sizes of a payload
 * @param rounds how often everything is measured; the median counts
 * @param scale divides the two seconds that a scenario takes
 * @param broker {@code stand-in} or {@code mosquitto}
 * @param seed decides the order of the clients; without one, each run has another
 * @param outboxUrl the JDBC URL of the database for {@code outbox}
 * @param markdown the file that the tables are written to as well
 */
record Options(
        List<String> clients,
        List<String> scenarios,
        List<Integer> bytes,
        int rounds,
        int scale,
        String broker,
        int seed,
        String outboxUrl,
        Optional<Path> markdown) {

    static final String START = "start";
    static final String TESTS = "tests";
    static final String OUTBOX = "outbox";

    private static final List<String> SCENARIOS = List.of(
            "receive-0",
            "receive-1",
            "receive-2",
            "publish-0",
            "publish-1",
            "publish-2",
            "roundtrip",
            START,
            TESTS,
            OUTBOX);
    private static final List<String> BROKERS = List.of("stand-in", "mosquitto");

    /** A round trip needs 8 bytes for its time; {@link Peer} has room for a megabyte. */
    private static final int FEWEST_BYTES = 8;

    private static final int MOST_BYTES = 1_000_000;

    /** Throws an {@link IllegalArgumentException} that says which option is wrong, and what it may be. */
    static Options read() {
        return new Options(
                values("clients")
                        .map(client -> oneOf(Client.TITLES.keySet(), "clients", client))
                        .toList(),
                values("scenarios")
                        .map(scenario -> oneOf(SCENARIOS, "scenarios", scenario))
                        .toList(),
                values("bytes")
                        .map(bytes -> number("bytes", bytes, FEWEST_BYTES, MOST_BYTES))
                        .toList(),
                number("rounds", System.getProperty("rounds"), 1, 1_000),
                number("scale", System.getProperty("scale"), 1, 1_000),
                oneOf(BROKERS, "broker", System.getProperty("broker")),
                seed(System.getProperty("seed")),
                System.getProperty("outbox.url"),
                markdown(System.getProperty("markdown")));
    }

    private static Stream<String> values(String key) {
        return Arrays.stream(System.getProperty(key).split(",")).distinct();
    }

    private static String oneOf(Collection<String> allowed, String key, String value) {
        return checked(allowed.contains(value), key, value, String.join(", ", allowed));
    }

    private static int number(String key, String value, int least, int most) {
        boolean fits =
                value.matches("[0-9]{1,9}") && Integer.parseInt(value) >= least && Integer.parseInt(value) <= most;
        return Integer.parseInt(checked(fits, key, value, "a number from " + least + " to " + most));
    }

    private static int seed(String value) {
        int most = 999_999;
        return value.isEmpty() ? (int) (System.currentTimeMillis() % most) : number("seed", value, 0, most);
    }

    private static Optional<Path> markdown(String value) {
        Path file = Path.of(System.getProperty("directory")).resolve(value);
        checked(
                value.isEmpty() || Files.isDirectory(file.getParent()),
                "markdown",
                value,
                "a file in a directory that exists");
        return value.isEmpty() ? Optional.empty() : Optional.of(file);
    }

    private static String checked(boolean correct, String key, String value, String allowed) {
        if (!correct) {
            throw new IllegalArgumentException("-D%s: wrong value '%s', allowed: %s".formatted(key, value, allowed));
        }
        return value;
    }

    /** The directory of the build, where the logs of the child processes are. */
    static Path target() {
        return Path.of("").toAbsolutePath();
    }
}
