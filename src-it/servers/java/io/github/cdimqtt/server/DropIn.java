package io.github.cdimqtt.server;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** A piece of configuration that a running Open Liberty has until it is closed. */
final class DropIn implements AutoCloseable {
    private static final Duration LONGEST = Duration.ofMinutes(2);

    private final Path file;
    private final boolean features;

    private DropIn(Path file, boolean features) {
        this.file = file;
        this.features = features;
    }

    static DropIn of(String name) throws IOException {
        return copy(name, false);
    }

    /** One that adds features: waits for them, and at the end until they are gone. */
    static DropIn withFeatures(String name) throws IOException {
        long before = updates();
        DropIn copy = copy(name, true);
        await().atMost(LONGEST).until(() -> updates() > before);
        return copy;
    }

    private static DropIn copy(String name, boolean features) throws IOException {
        Path overrides = Files.createDirectories(serverDirectory().resolve("configDropins/overrides"));
        try (InputStream configuration = DropIn.class.getResourceAsStream("/openliberty/" + name)) {
            Files.copy(configuration, overrides.resolve(name));
        }
        return new DropIn(overrides.resolve(name), features);
    }

    static Path serverDirectory() {
        return Path.of(System.getProperty("server.directory"), "usr/servers/" + ServerDirectory.LIBERTY_SERVER);
    }

    private static long updates() {
        return log().lines()
                .filter(line -> line.contains("CWWKF0008I: Feature update completed"))
                .count();
    }

    /** What the server has logged. */
    static String log() {
        try {
            return Files.readString(serverDirectory().resolve("logs/messages.log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        long before = features ? updates() : -1;
        Files.delete(file);
        await().atMost(LONGEST).until(() -> updates() > before);
    }
}
