package dashboard;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.logging.LogManager;

/** A page that shows what goes over a broker, until Ctrl-C. */
public final class Main {
    private static final int PORT = 8080;

    private Main() {}

    /**
     * Starts it on the broker that {@code mqtt.broker-url} names, or else on one of its own.
     *
     * @param args the directory with the page, and one to work in
     */
    public static void main(String[] args) throws Exception {
        LogManager.getLogManager().readConfiguration(Main.class.getResourceAsStream("/console.properties"));
        boolean alone = System.getProperty("mqtt.broker-url", System.getenv("MQTT_BROKER_URL")) == null;
        if (alone) {
            System.setProperty("mqtt.broker-url", Broker.start());
        }
        Server server = new Server(port(), Path.of(args[0]), Path.of(args[1]));
        House house = alone ? new House(server.mqtt()) : null;
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(server, house)));
        System.out.println("Dashboard: " + server.address() + " (Ctrl-C ends it)");
        Thread.currentThread().join();
    }

    private static void end(Server server, House house) {
        try {
            if (house != null) {
                house.close();
            }
            server.close();
            System.out.println("The dashboard has ended.");
        } catch (Exception e) {
            System.err.println("The dashboard did not end well: " + e);
        }
    }

    /** Returns the port that {@code dashboard.port} names, or else the usual one, or any if that is taken. */
    private static int port() throws IOException {
        Integer asked = Integer.getInteger("dashboard.port");
        if (asked != null) {
            return asked;
        }
        try (ServerSocket probe = new ServerSocket(PORT, 1, InetAddress.getByName("127.0.0.1"))) {
            return probe.getLocalPort();
        } catch (IOException taken) {
            return 0;
        }
    }
}
