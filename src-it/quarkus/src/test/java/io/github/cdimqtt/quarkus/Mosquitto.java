package io.github.cdimqtt.quarkus;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Debian's Mosquitto, on a free port of the loopback interface, until it is closed. */
final class Mosquitto implements AutoCloseable {
    private final int port;
    private final Process process;

    private Mosquitto(int port, Process process) {
        this.port = port;
        this.process = process;
    }

    static Mosquitto start() {
        try {
            int port = Ports.free();
            String binary = Stream.of("/usr/sbin/mosquitto", "/usr/local/sbin/mosquitto", "/usr/bin/mosquitto")
                    .filter(each -> Files.isExecutable(Path.of(each)))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("apt-get install mosquitto"));
            Process process = new ProcessBuilder(binary, "-p", String.valueOf(port))
                    .redirectErrorStream(true)
                    .redirectOutput(Path.of("target", "mosquitto.log").toFile())
                    .start();
            Mosquitto started = new Mosquitto(port, process);
            await().until(started::answers);
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean answers() {
        if (!process.isAlive()) {
            throw new IllegalStateException("mosquitto has ended, see target/mosquitto.log");
        }
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    String url() {
        return "tcp://127.0.0.1:" + port;
    }

    @Override
    public void close() {
        process.destroy();
    }
}
