package house;

import jakarta.enterprise.inject.se.SeContainer;
import java.util.logging.LogManager;
import org.jboss.weld.environment.se.Weld;

/** A house that publishes how it is, until Ctrl-C. */
public final class Main {

    private Main() {}

    /** Starts it on the broker that {@code mqtt.broker-url} names, or else on one of its own. */
    public static void main(String[] args) throws Exception {
        LogManager.getLogManager().readConfiguration(Main.class.getResourceAsStream("/logging.properties"));
        if (System.getProperty("mqtt.broker-url", System.getenv("MQTT_BROKER_URL")) == null) {
            System.setProperty("mqtt.broker-url", Broker.start());
        }
        SeContainer house = new Weld().skipShutdownHook().initialize();
        Runtime.getRuntime().addShutdownHook(new Thread(house::close)); // and with it the connection
        Thread.currentThread().join();
    }
}
