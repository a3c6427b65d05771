package io.github.cdimqtt.secure;

import io.github.cdimqtt.support.TestContainer;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** An application in a JVM of its own that publishes its presence until it is killed. */
final class PresentApplication {
    static final String TOPIC = "presence/app";

    private PresentApplication() {}

    static Map<String, String> settings(String url) {
        return Map.of(
                "mqtt.broker-url",
                url,
                "mqtt.client-id",
                "presence-app",
                "mqtt.presence.topic",
                TOPIC,
                "mqtt.reconnect.min-delay",
                "2s"); // Artemis leaves the will out where the client is back before it has noticed the end
    }

    /** Runs the program; the argument is the URL of the broker. */
    public static void main(String[] arguments) throws Exception {
        TestContainer.start(settings(arguments[0]), Echo.class);
        new CountDownLatch(1).await();
    }
}
