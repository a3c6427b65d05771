package benchmark;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * The broker in a process of its own, and its processor time. Mosquitto, from the path, keeps what a slow client has
 * not read, has room for 2,000 unacknowledged messages of a client, and delays no packet; a {@link Feeder} beside it
 * sends what is to be received, and its processor time counts as the broker's.
 */
final class Broker implements AutoCloseable {
    private static final String MOSQUITTO = """
            listener %d 127.0.0.1
            allow_anonymous true
            persistence false
            max_inflight_messages 2000
            max_queued_messages 0
            set_tcp_nodelay true
            """;

    private final int port;
    private final Supplier<Duration> cpu;
    private final Runnable end;

    private Broker(int port, Supplier<Duration> cpu, Runnable end) {
        this.port = port;
        this.cpu = cpu;
        this.end = end;
    }

    static Broker start(String name) throws IOException {
        return name.equals("mosquitto") ? mosquitto() : standIn();
    }

    static Broker standIn() throws IOException {
        ChildJvm child = new ChildJvm("stand-in", ChildJvm.classPath(ChildJvm::isOfMqtt), StandInBroker.class);
        return new Broker(Integer.parseInt(child.await("port")), child::cpu, child::close);
    }

    private static Broker mosquitto() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Path configuration = Files.writeString(Options.target().resolve("mosquitto.conf"), MOSQUITTO.formatted(port));
        Process process = new ProcessBuilder("mosquitto", "-c", configuration.toString())
                .redirectErrorStream(true)
                .redirectOutput(Options.target().resolve("mosquitto.log").toFile())
                .start();
        ChildJvm.endWithThisJvm(process);
        ChildJvm feeder =
                new ChildJvm("feeder", ChildJvm.classPath(ChildJvm::isOfMqtt), Feeder.class, Integer.toString(port));
        feeder.await("ready");
        return new Broker(port, () -> ChildJvm.cpu(process).plus(feeder.cpu()), () -> {
            feeder.close();
            process.destroy();
        });
    }

    int port() {
        return port;
    }

    long cpuNanos() {
        return cpu.get().toNanos();
    }

    @Override
    public void close() {
        end.run();
    }
}
