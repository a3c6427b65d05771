package io.github.cdimqtt.broker;

import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Eclipse Mosquitto in a process of its own: it can be killed and frozen too. */
public final class MosquittoBroker implements TestBroker {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final TemporaryDirectory directory = new TemporaryDirectory("mosquitto-");
    private final int port = Ports.free();
    private final List<String> options;
    private Process process;

    private MosquittoBroker(List<String> options) {
        this.options = options;
    }

    /** Starts one; {@code options} are further lines of mosquitto.conf. */
    public static MosquittoBroker launch(String... options) {
        MosquittoBroker broker = new MosquittoBroker(List.of(options));
        broker.start();
        return broker;
    }

    /** Whether Mosquitto is installed here. */
    public static boolean isInstalled() {
        return candidates().anyMatch(Files::isExecutable);
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public synchronized void start() {
        if (process != null) {
            return;
        }
        try {
            process = new ProcessBuilder(
                            binary().toString(), "-c", configuration().toString())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        await("mosquitto").atMost(PATIENCE).pollInterval(Duration.ofMillis(20)).until(this::answers);
    }

    /** Asks it to end; it saves what it keeps. */
    @Override
    public synchronized void stop() {
        if (process != null) {
            process.destroy();
            waitForEnd();
        }
    }

    /** Ends it with SIGKILL; it saves nothing. */
    public synchronized void kill() {
        if (process != null) {
            process.destroyForcibly();
            waitForEnd();
        }
    }

    /** Freezes it with SIGSTOP: connections stay open, nothing is answered. */
    public void freeze() {
        signal("STOP");
    }

    /** Lets it go on after {@link #freeze}. */
    public void thaw() {
        signal("CONT");
    }

    @Override
    public void close() {
        kill();
        directory.close();
    }

    private synchronized void signal(String name) {
        try {
            int code = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
            if (code != 0) {
                throw new IllegalStateException("kill -" + name + " failed with " + code);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void waitForEnd() {
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            process = null;
        }
    }

    private boolean answers() throws IOException {
        if (!process.isAlive()) {
            throw new IllegalStateException("mosquitto ended with " + process.exitValue() + ": "
                    + Files.readString(log()).strip());
        }
        try (Socket probe = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return probe.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    private Path log() {
        return directory.path().resolve("mosquitto.log");
    }

    private Path configuration() throws IOException {
        List<String> lines = new ArrayList<>(List.of(
                "listener " + port + " 127.0.0.1",
                "allow_anonymous true",
                "persistence true",
                "persistence_location " + directory.path() + "/",
                "log_dest stderr",
                // Started by root it would become the user mosquitto, who may not read our directory.
                "user root"));
        lines.addAll(options);
        return Files.write(directory.path().resolve("mosquitto.conf"), lines);
    }

    private static Path binary() {
        return candidates()
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "mosquitto is neither on the PATH nor in /usr/sbin: apt-get install mosquitto"));
    }

    /** Debian puts it where only root's PATH leads. */
    private static Stream<Path> candidates() {
        String path = System.getenv().getOrDefault("PATH", "") + File.pathSeparator + "/usr/sbin";
        return Stream.of(path.split(File.pathSeparator)).map(folder -> Path.of(folder, "mosquitto"));
    }
}
