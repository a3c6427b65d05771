package io.github.cdimqtt.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cdimqtt.Mqtt;
import io.github.cdimqtt.MqttBroker;
import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.MqttTopic;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.broker.AnyBroker;
import io.github.cdimqtt.broker.Proxy;
import io.github.cdimqtt.broker.TestBroker;
import io.github.cdimqtt.support.PortableOnly;
import io.github.cdimqtt.support.QuietLog;
import io.github.cdimqtt.support.TestContainer;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The readiness of connections as MicroProfile Health reports it. */
@ExtendWith({QuietLog.class, AnyBroker.class})
class HealthIT {

    @Dependent
    static class Sensors {
        @Inject
        @MqttBroker("plant")
        Mqtt plant;

        void on(@Observes @MqttTopic("health/+") String text) {}
    }

    @Test
    void connections_areReadyWhenConnectedAndGranted(TestBroker broker) {
        try (Proxy proxy = Proxy.to(broker.port());
                TestContainer container = TestContainer.start(
                        Keys.of(
                                proxy.url(),
                                "plant.broker-url",
                                broker.url(),
                                "reconnect.min-delay",
                                "20ms",
                                "reconnect.max-delay",
                                "100ms"),
                        Sensors.class)) {
            assertThat(answers(container))
                    .isEqualTo(Map.of(
                            "mqtt default", "UP {connected=true, use=open}",
                            "mqtt plant", "UP {connected=true, use=open}"));
            assertThat(container
                            .get(Mqtt.class)
                            .subscribe("health/more", Qos.AT_LEAST_ONCE)
                            .toCompletableFuture())
                    .succeedsWithin(10, TimeUnit.SECONDS);

            proxy.refuse();
            proxy.cut();
            await().atMost(Duration.ofSeconds(10))
                    .until(
                            () -> answers(container).get("mqtt default"),
                            "DOWN {connected=false, notGranted=health/+ health/more, use=open}"::equals);
            assertThat(answers(container)).containsEntry("mqtt plant", "UP {connected=true, use=open}");

            proxy.forward();
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> answers(container).get("mqtt default"), "UP {connected=true, use=open}"::equals);
            assertThat(container.se().select(HealthCheck.class, Liveness.Literal.INSTANCE))
                    .isEmpty();
        }
    }

    @Test
    @PortableOnly
    void connectionThatIsOnlyConfigured_isChecked(TestBroker broker) {
        try (TestContainer container =
                TestContainer.start(Keys.of(broker, "spare.broker-url", broker.url()), HealthIT.class)) {
            assertThat(answers(container)).containsEntry("mqtt spare", "UP {connected=true, use=open}");
        }
    }

    @Test
    void disabledConnection_isUp(TestBroker broker) {
        try (TestContainer container = TestContainer.start(
                Keys.of(broker, "enabled", "false", "plant.broker-url", broker.url()), Sensors.class)) {
            assertThat(answers(container)).containsEntry("mqtt default", "UP {connected=false, use=switched off}");
        }
    }

    @Dependent
    static class Misconfigured {
        @Inject
        @MqttBroker("plant")
        Mqtt plant;

        @Produces
        @MqttBroker("plant")
        MqttConfig config() {
            return MqttConfig.builder().presenceTopic("plant/+").build();
        }
    }

    @Test
    void unusableConnection_isDownWithTheReason_andItsCallsFailWithIt(TestBroker broker) {
        try (TestContainer container = TestContainer.start(Keys.of(broker), Misconfigured.class)) {
            String reason = "the connection 'plant' can't be used: the MqttConfig bean of 'plant': presence.topic: ";
            assertThat(answers(container))
                    .containsEntry("mqtt default", "UP {connected=true, use=open}")
                    .hasEntrySatisfying(
                            "mqtt plant",
                            answer -> assertThat(answer)
                                    .startsWith("DOWN {connected=false, reason=" + reason)
                                    .endsWith(", use=unusable}"));

            Mqtt plant = container
                    .se()
                    .select(Mqtt.class, MqttBroker.Literal.of("plant"))
                    .get();
            assertThat(plant.isConnected()).isFalse();
            assertThat(plant.subscriptions()).isEmpty();
            assertThat(plant.metrics().queued()).isZero();
            assertThat(List.of(
                            plant.publish("a", "b", Qos.AT_LEAST_ONCE),
                            plant.subscribe("a"),
                            plant.unsubscribe("a"),
                            plant.unsubscribeAll(),
                            plant.connect()))
                    .allSatisfy(stage -> assertThat(stage)
                            .isCompletedExceptionally()
                            .failsWithin(Duration.ZERO)
                            .withThrowableThat()
                            .havingCause()
                            .isInstanceOf(MqttException.class)
                            .withMessageStartingWith(reason));
            assertThat(plant.disconnect()).isCompleted();
        }
    }

    private static Map<String, String> answers(TestContainer container) {
        Map<String, String> answers = new TreeMap<>();
        container.se().select(HealthCheck.class, Readiness.Literal.INSTANCE).forEach(check -> {
            HealthCheckResponse response = check.call();
            answers.put(
                    response.getName(),
                    response.getStatus() + " "
                            + new TreeMap<>(response.getData().orElseThrow()));
        });
        return answers;
    }
}
