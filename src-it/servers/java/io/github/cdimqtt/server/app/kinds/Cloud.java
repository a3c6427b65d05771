package io.github.cdimqtt.server.app.kinds;

import io.github.cdimqtt.MqttBroker;
import io.github.cdimqtt.MqttConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

/** Configures the connection "cloud": the broker is that of the default connection. */
@ApplicationScoped
public class Cloud {
    private static final String FILE = "META-INF/microprofile-config.properties";

    /** No key does. */
    @Produces
    @MqttBroker("cloud")
    MqttConfig config() throws IOException {
        Properties keys = new Properties();
        try (InputStream file = Thread.currentThread().getContextClassLoader().getResourceAsStream(FILE)) {
            keys.load(file);
        }
        return MqttConfig.builder()
                .brokerUrl(keys.getProperty("mqtt.broker-url"))
                .build();
    }
}
