package io.github.cdimqtt.interop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.broker.TestBroker;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The programs {@code mosquitto_pub}, {@code mosquitto_sub} and {@code mosquitto_rr} at a broker. */
public final class MosquittoClients {
    private static final long SECONDS = 20;

    private final TestBroker broker;

    public MosquittoClients(TestBroker broker) {
        this.broker = broker;
    }

    /** Returns whether all three are installed. */
    public static boolean areInstalled() {
        return Stream.of("mosquitto_pub", "mosquitto_sub", "mosquitto_rr")
                .allMatch(name -> Stream.of(System.getenv("PATH").split(File.pathSeparator))
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, name))));
    }

    /** Runs one of them to its end; returns what it printed. */
    public String run(String input, String client, String... options) {
        Process process = start(client, options);
        try (OutputStream out = process.getOutputStream()) {
            out.write(input.getBytes(UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return end(process);
    }

    /** Starts {@code mosquitto_rr}, which publishes a request and prints the answer. */
    public Process ask(String topic, String responseTopic, String text) {
        return start(
                "mosquitto_rr", "-V", "5", "-q", "1", "-W", "" + SECONDS, "-t", topic, "-e", responseTopic, "-m", text);
    }

    /** Waits for the end, on UTF-8 whatever the platform's charset; returns what the program printed. */
    public static String end(Process process) {
        try {
            String printed = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
            assertThat(process.waitFor(SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).as(printed).isZero();
            return printed;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        } finally {
            process.destroy();
        }
    }

    /** Starts one of them; it prints line by line. */
    Process start(String client, String... options) {
        List<String> command = new ArrayList<>(
                List.of("stdbuf", "-oL", client, "-h", "127.0.0.1", "-p", Integer.toString(broker.port())));
        command.addAll(List.of(options));
        try {
            return new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
