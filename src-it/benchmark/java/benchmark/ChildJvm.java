package benchmark;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** A JVM that takes commands, one a line, and answers with lines. What it logs goes to a file of its name. */
final class ChildJvm implements AutoCloseable {
    private static final int MOST_SECONDS = 120;
    private static final ScheduledExecutorService TIMER = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "timer");
        thread.setDaemon(true);
        return thread;
    });

    private final String name;
    private final Process process;
    private final BufferedReader out;
    private final BufferedWriter in;

    ChildJvm(String name, String classPath, Class<?> main, String... args) throws IOException {
        this.name = name;
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms512m",
                "-Xmx512m",
                "-cp",
                classPath,
                main.getName()));
        command.addAll(List.of(args));
        process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(log()))
                .start();
        endWithThisJvm(process);
        out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        in = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
    }

    private File log() {
        return Options.target().resolve(name + ".log").toFile();
    }

    static void endWithThisJvm(Process process) {
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
    }

    /** This JVM's class path without the jars whose file names are refused. */
    static String classPath(Predicate<String> refused) {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !refused.test(Path.of(entry).getFileName().toString()))
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** Whether SmallRye and no other client brings it: its extensions and MicroProfile Config would start elsewhere. */
    static boolean isOfSmallRye(String jar) {
        return jar.matches("(smallrye|mutiny|vertx|microprofile|opentelemetry|jackson)-.*");
    }

    /** Whether it is there for the outbox: Narayana has an extension, too. */
    static boolean isOfTransactions(String jar) {
        return jar.matches("(narayana|agroal|jboss-transaction|jakarta.transaction|h2|postgresql)-.*");
    }

    /** Whether an application with cdi-mqtt alone has no use for it. */
    static boolean isOfOthers(String jar) {
        return isOfSmallRye(jar) || isOfTransactions(jar);
    }

    /** Whether it is a client for MQTT, or comes with SmallRye. HiveMQ's client needs more, such as Netty. */
    static boolean isOfMqtt(String jar) {
        return isOfOthers(jar) || jar.matches("(cdi-mqtt|org\\.eclipse\\.paho|hivemq)[-.].*");
    }

    /**
     * Returns what follows the word on the next line that begins with it; what a library prints is none of them. A JVM
     * that does not answer for two minutes is ended.
     */
    String await(String word) throws IOException {
        ScheduledFuture<?> limit = TIMER.schedule(process::destroyForcibly, MOST_SECONDS, TimeUnit.SECONDS);
        try {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                if (line.startsWith(word)) {
                    return line.substring(word.length()).strip();
                }
            }
            throw new IOException(name + (limit.getDelay(TimeUnit.NANOSECONDS) <= 0 ? " does not answer" : " has ended")
                    + "; see " + log());
        } finally {
            limit.cancel(false);
        }
    }

    void send(String command) throws IOException {
        in.write(command + "\n");
        in.flush();
    }

    Duration cpu() {
        return cpu(process);
    }

    static Duration cpu(Process process) {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
