package dashboard;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A Mosquitto on a port of its own that goes down and comes up when it is told to, and its clients. */
final class Mosquitto implements AutoCloseable {
    static final Path PROGRAM = Path.of("/usr/sbin/mosquitto");

    private final int port;
    private final Path configuration;
    private Process broker;

    Mosquitto(Path directory) throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        configuration = directory.resolve("mosquitto.conf");
        Files.writeString(configuration, "listener " + port + " 127.0.0.1\nallow_anonymous true\n");
    }

    String url() {
        return "tcp://127.0.0.1:" + port;
    }

    void up() throws Exception {
        broker = new ProcessBuilder(PROGRAM.toString(), "-c", configuration.toString())
                .redirectErrorStream(true)
                .redirectOutput(configuration.resolveSibling("mosquitto.log").toFile())
                .start();
        while (true) { // the test's own time limit ends it
            try {
                new Socket(InetAddress.getLoopbackAddress(), port).close();
                return;
            } catch (IOException notYet) {
                Thread.onSpinWait();
            }
        }
    }

    void down() throws InterruptedException {
        broker.destroy();
        broker.waitFor();
    }

    void publish(String topic, String payload, String... options) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("-t", topic, "-m", payload));
        arguments.addAll(List.of(options));
        start("mosquitto_pub", arguments).waitFor();
    }

    /** Subscribes, and waits until the broker has granted it. The next message ends it. */
    Subscriber listen(String topic) throws Exception {
        return listen(topic, "%t|%q|%p");
    }

    /** Subscribes, as above, and prints messages in another format. */
    Subscriber listen(String topic, String format, String... options) throws Exception {
        List<String> arguments =
                new ArrayList<>(List.of("-d", "-C", "1", "-W", "20", "-q", "2", "-t", topic, "-F", format));
        arguments.addAll(List.of(options));
        Process client = start("mosquitto_sub", arguments);
        Subscriber subscriber = new Subscriber(client.inputReader(StandardCharsets.UTF_8));
        subscriber.line("Subscribed ");
        return subscriber;
    }

    private Process start(String program, List<String> arguments) throws IOException {
        List<String> command =
                new ArrayList<>(List.of("stdbuf", "-oL", program, "-h", "127.0.0.1", "-p", String.valueOf(port)));
        command.addAll(arguments);
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    @Override
    public void close() throws InterruptedException {
        down();
    }

    /** What a {@code mosquitto_sub} prints. */
    record Subscriber(BufferedReader out) {

        /** Waits for a line that starts so. */
        String line(String start) throws IOException {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                if (line.startsWith(start)) {
                    return line;
                }
            }
            return "mosquitto_sub ended without '" + start + "'";
        }
    }
}
