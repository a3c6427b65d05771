package benchmark;

import jakarta.enterprise.inject.se.SeContainerInitializer;
import java.io.IOException;

/** Starts the CDI container of the application whose classes {@link GeneratedObservers} has made, and stays. */
final class StartedApplication {

    private StartedApplication() {}

    public static void main(String[] args) throws IOException {
        System.setProperty("mqtt.broker-url", "tcp://127.0.0.1:" + args[0]);
        System.setProperty("mqtt.library", args[1]);
        SeContainerInitializer.newInstance().initialize();
        System.in.read();
        System.exit(0);
    }
}
