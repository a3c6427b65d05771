package io.github.cdimqtt.broker;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Eclipse Mosquitto. */
public final class MosquittoBroker extends BrokerProcess {

    private final List<String> options;

    private MosquittoBroker(List<String> options) {
        super("mosquitto");
        this.options = options;
    }

    /** Starts one; {@code options} are further lines of mosquitto.conf. */
    public static MosquittoBroker launch(String... options) {
        MosquittoBroker broker = new MosquittoBroker(List.of(options));
        broker.start();
        return broker;
    }

    /** Returns whether Mosquitto is installed. */
    public static boolean isInstalled() {
        return candidates().anyMatch(Files::isExecutable);
    }

    @Override
    ProcessBuilder command() throws IOException {
        return new ProcessBuilder(binary().toString(), "-c", configuration().toString());
    }

    @Override
    void askToEnd(Process running) {
        running.destroy();
    }

    private Path configuration() throws IOException {
        List<String> lines = new ArrayList<>(List.of(
                "listener " + port() + " 127.0.0.1",
                "allow_anonymous true",
                "persistence true",
                "persistence_location " + directory() + "/",
                "log_dest stderr",
                // Started by root it would become the user mosquitto, which may not read this directory.
                "user root"));
        lines.addAll(options);
        return Files.write(directory().resolve("mosquitto.conf"), lines);
    }

    private static Path binary() {
        return candidates()
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "mosquitto is neither on the PATH nor in /usr/sbin: apt-get install mosquitto"));
    }

    /** Debian installs it in a directory that is only in the PATH of root. */
    private static Stream<Path> candidates() {
        String path = System.getenv().getOrDefault("PATH", "") + File.pathSeparator + "/usr/sbin";
        return Stream.of(path.split(File.pathSeparator)).map(folder -> Path.of(folder, "mosquitto"));
    }
}
