package benchmark;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What figures depend on besides the code that is measured: the versions of the clients, the JDK, the machine. */
final class Environment {
    private static final Path PROCESSORS = Path.of("/proc/cpuinfo");

    private Environment() {}

    static String describe(Options options) throws IOException {
        return "%s.%nJDK %s, %s %s, %d processors: %s.%nBroker: %s; rounds: %d; scale: %d; seed: %d.%n"
                .formatted(
                        versions(),
                        Runtime.version(),
                        System.getProperty("os.name"),
                        System.getProperty("os.arch"),
                        Runtime.getRuntime().availableProcessors(),
                        processor(),
                        options.broker(),
                        options.rounds(),
                        options.scale(),
                        options.seed());
    }

    /** As the names of the jars have them. */
    private static String versions() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(jar -> Path.of(jar).getFileName().toString())
                .filter(jar -> jar.matches("(cdi-mqtt|org\\.eclipse\\.paho\\.client\\.mqttv3|hivemq-mqtt-client"
                        + "|smallrye-reactive-messaging-mqtt|weld-se-core)-[0-9].*"))
                .map(jar -> jar.replaceFirst("-([0-9].*)\\.jar", " $1"))
                .sorted()
                .collect(Collectors.joining(", "));
    }

    private static String processor() throws IOException {
        if (!Files.exists(PROCESSORS)) {
            return "model unknown";
        }
        try (Stream<String> lines = Files.lines(PROCESSORS)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("model unknown");
        }
    }
}
