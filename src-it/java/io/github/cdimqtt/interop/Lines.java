package io.github.cdimqtt.interop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** The lines that a process prints, as they come. Thread-safe. */
final class Lines {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final List<String> lines = new CopyOnWriteArrayList<>();

    Lines(Process process) {
        Thread thread = new Thread(() -> read(process), "lines of " + process.pid());
        thread.setDaemon(true);
        thread.start();
    }

    private void read(Process process) {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.add(line);
            }
        } catch (IOException e) {
            lines.add("no more can be read: " + e);
        }
    }

    /** Waits until so many lines match. */
    void awaitCount(int count, Predicate<String> matches) {
        await().atMost(PATIENCE)
                .failFast(() -> lines.stream().anyMatch(line -> line.startsWith("Error")))
                .untilAsserted(() -> assertThat(lines).filteredOn(matches).hasSizeGreaterThanOrEqualTo(count));
    }

    List<String> all() {
        return List.copyOf(lines);
    }
}
