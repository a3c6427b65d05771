package io.github.cdimqtt.broker;

import java.nio.file.Path;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;

/** Apache Artemis as a program: it ends in an orderly way when its standard input does. */
final class ArtemisMain {

    private ArtemisMain() {}

    /** Runs it; the arguments are a directory and a port. */
    public static void main(String[] arguments) throws Exception {
        EmbeddedActiveMQ broker = new EmbeddedActiveMQ()
                .setConfiguration(
                        ArtemisBroker.configuration(Path.of(arguments[0]), Integer.parseInt(arguments[1]), false, ""));
        broker.start();
        while (System.in.read() >= 0) {
            // Nothing is expected on standard input.
        }
        broker.stop();
        System.exit(0);
    }
}
