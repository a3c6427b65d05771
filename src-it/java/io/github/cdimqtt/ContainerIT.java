package io.github.cdimqtt;

import static org.awaitility.Awaitility.await;

import io.github.cdimqtt.broker.RawClient;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;

/** A broker in a container, as in a user's own test; not run where there is no Docker engine. */
@Testcontainers(disabledWithoutDocker = true)
class ContainerIT {

    private static final int PORT = 1883;

    @Container
    private final GenericContainer<?> mosquitto = new GenericContainer<>("eclipse-mosquitto:2.0.11")
            .withCommand("mosquitto", "-c", "/mosquitto-no-auth.conf")
            .withExposedPorts(PORT)
            .waitingFor(Wait.forLogMessage(".*running.*", 1));

    @Test
    void message_goesThroughTheContainer() {
        String url = "tcp://" + mosquitto.getHost() + ":" + mosquitto.getMappedPort(PORT);
        try (RawClient subscriber = RawClient.connect(url).observe("container/+");
                RawClient publisher = RawClient.connect(url)) {
            publisher.publish("container/a", "hello");
            await().until(() -> subscriber.texts("container/a").equals(List.of("hello")));
        }
    }
}
