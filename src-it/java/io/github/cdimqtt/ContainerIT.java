package io.github.cdimqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cdimqtt.support.TestContainer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
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

    /** An application under test: it answers requests, and observes its own answers. */
    @ApplicationScoped
    static class Greeter {

        private final List<String> answers = new CopyOnWriteArrayList<>();

        @Inject
        Mqtt mqtt;

        void ask(@Observes @MqttTopic("container/ask/{name}") String greeting, @TopicParam("name") String name) {
            mqtt.publish("container/answer", greeting + ", " + name, Qos.AT_LEAST_ONCE);
        }

        void answer(@Observes @MqttTopic(value = "container/answer", qos = Qos.AT_LEAST_ONCE) String answer) {
            answers.add(answer);
        }

        List<String> answers() {
            return answers;
        }
    }

    @Test
    void message_goesThroughTheContainer_andBack() {
        String url = "tcp://" + mosquitto.getHost() + ":" + mosquitto.getMappedPort(PORT);
        try (TestContainer container = TestContainer.start(Map.of("mqtt.broker-url", url), Greeter.class)) {
            assertThat(container.get(Mqtt.class).isConnected()).isTrue();
            container.get(Mqtt.class).publish("container/ask/anna", "hello");
            await().until(container.get(Greeter.class)::answers, List.of("hello, anna")::equals);
        }
    }
}
