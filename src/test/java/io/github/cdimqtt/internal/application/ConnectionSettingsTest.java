package io.github.cdimqtt.internal.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cdimqtt.Mqtt;
import io.github.cdimqtt.MqttAuthentication;
import io.github.cdimqtt.MqttBroker;
import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.MqttMessage;
import io.github.cdimqtt.MqttTopic;
import io.github.cdimqtt.OnFailure;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.Retained;
import io.github.cdimqtt.support.TestContainer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("container")
class ConnectionSettingsTest {

    @ApplicationScoped
    static class Factory {
        @Inject
        Mqtt ordinary;

        @Inject
        @MqttBroker("plant")
        Mqtt plant;

        @Produces
        @Dependent
        @MqttBroker("plant")
        MqttConfig plant() {
            return MqttConfig.builder()
                    .enabled(false)
                    .presenceTopic("plant/+")
                    .deadLetterTopic("dead/#")
                    .build();
        }

        String ordinaryId() {
            return ordinary.clientId();
        }

        String plantId() {
            return plant.clientId();
        }
    }

    @Test
    void wrongBean_isReportedWithEachFault_andOtherConnectionsStart() {
        try (TestContainer container =
                TestContainer.start(Map.of("mqtt.enabled", "false", "mqtt.client-id", "me"), Factory.class)) {
            Factory factory = container.get(Factory.class);

            assertThat(factory.ordinaryId()).isEqualTo("me");
            assertThatThrownBy(factory::plantId)
                    .hasStackTraceContaining("the MqttConfig bean of 'plant': presence.topic: ")
                    .hasStackTraceContaining("dead-letter-topic: ");
        }
    }

    @ApplicationScoped
    static class Demanding {
        @Inject
        @MqttBroker("plant")
        Mqtt plant;

        @Produces
        @Dependent
        @MqttBroker("plant")
        MqttConfig plant() {
            return MqttConfig.builder().enabled(false).build();
        }

        void dead(
                @Observes @MqttBroker("plant") @MqttTopic(value = "a", onFailure = OnFailure.DEAD_LETTER)
                        String text) {}

        void again(
                @Observes @MqttBroker("plant") @MqttTopic(value = "b", onFailure = OnFailure.REDELIVER) String text) {}

        String id() {
            return plant.clientId();
        }
    }

    @Test
    void beanThatDoesNotSupportItsObservers_isReportedAsAtDeployment() {
        try (TestContainer container = TestContainer.start(Map.of("mqtt.enabled", "false"), Demanding.class)) {
            Demanding demanding = container.get(Demanding.class);

            assertThatThrownBy(demanding::id)
                    .hasStackTraceContaining("the MqttConfig bean of 'plant': Demanding#")
                    .hasStackTraceContaining(
                            "Demanding#dead(String): onFailure = DEAD_LETTER needs a place to send to; set"
                                    + " dead-letter-topic for the connection 'plant'")
                    .hasStackTraceContaining(
                            "Demanding#again(String): onFailure = REDELIVER needs a session that the broker"
                                    + " keeps; set clean-session=false and a client-id for the connection 'plant'");
        }
    }

    @ApplicationScoped
    @MqttBroker("plant")
    static class Proof implements MqttAuthentication {
        @Inject
        @MqttBroker("plant")
        Mqtt plant;

        @Produces
        @Dependent
        @MqttBroker("plant")
        MqttConfig plant() {
            return MqttConfig.builder().enabled(false).build();
        }

        void skip(@Observes @MqttBroker("plant") @MqttTopic(value = "a", retained = Retained.SKIP) String text) {}

        @Override
        public String method() {
            return "PROOF";
        }

        @Override
        public byte[] begin() {
            return null;
        }

        @Override
        public byte[] answer(byte[] challenge) {
            return challenge;
        }
    }

    @Test
    void beanOfMqtt311_withWhatNeedsMqtt5_isReportedAsAtDeployment() {
        try (TestContainer container = TestContainer.start(Map.of("mqtt.enabled", "false"), Proof.class)) {
            Mqtt plant = container
                    .se()
                    .select(Mqtt.class, MqttBroker.Literal.of("plant"))
                    .get();

            assertThatThrownBy(plant::clientId)
                    .hasStackTraceContaining("the connection 'plant' can't be used: the MqttConfig bean of 'plant': ")
                    .hasStackTraceContaining(
                            "Proof#skip(String): retained = SKIP needs MQTT 5; set protocol-version=5 for"
                                    + " the connection 'plant', or remove it and ask MqttMessage.retained()")
                    .hasStackTraceContaining("Proof: an MqttAuthentication bean needs MQTT 5; set"
                            + " protocol-version=5 for the connection 'plant', or remove the bean");
            for (CompletionStage<?> call : List.<CompletionStage<?>>of(
                    plant.publish("a", "x"),
                    plant.subscribe("a"),
                    plant.subscribe("a", Qos.AT_MOST_ONCE, message -> {}),
                    plant.request("a", "x", String.class),
                    plant.reply(MqttMessage.of("a", "x"), "y"),
                    plant.reauthenticate())) {
                assertThat(call.toCompletableFuture())
                        .failsWithin(Duration.ofSeconds(10))
                        .withThrowableThat()
                        .withMessageContaining("the connection 'plant' can't be used: ");
            }
        }
    }

    @ApplicationScoped
    static class Strict {
        @Produces
        @Dependent
        @MqttBroker("plant")
        MqttConfig plant() {
            return MqttConfig.builder()
                    .brokerUrl("tcp://localhost:1")
                    .failFast(true)
                    .presenceTopic("plant/+")
                    .build();
        }

        void on(@Observes @MqttBroker("plant") @MqttTopic("a") String text) {}
    }

    @Test
    void wrongBeanWithFailFast_failsTheStart() {
        assertThatThrownBy(() -> TestContainer.start(Map.of(), Strict.class).close())
                .hasStackTraceContaining(
                        "MQTT-115: the connection 'plant' can't be used: the MqttConfig bean of 'plant':"
                                + " presence.topic: ");
    }

    @Test
    void unusableDirectory_doesNotFailTheStart(@TempDir Path directory) throws IOException {
        Path file = Files.createFile(directory.resolve("file"));

        try (TestContainer container = TestContainer.start(
                Map.of("mqtt.enabled", "false", "mqtt.client-id", "me", "mqtt.persistence-directory", file.toString()),
                Factory.class)) {
            assertThatThrownBy(container.get(Factory.class)::ordinaryId)
                    .hasStackTraceContaining("persistence-directory '" + file.resolve("me") + "' can't be used");
        }
    }
}
