package io.github.cdimqtt.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cdimqtt.Mqtt;
import io.github.cdimqtt.MqttBroker;
import io.github.cdimqtt.MqttEvent;
import io.github.cdimqtt.MqttMessage;
import io.github.cdimqtt.MqttTopic;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.broker.ArtemisBroker;
import io.github.cdimqtt.broker.RawClient;
import io.github.cdimqtt.broker.SecuredBroker;
import io.github.cdimqtt.broker.SharedBroker;
import io.github.cdimqtt.broker.TestBroker;
import io.github.cdimqtt.support.Canary;
import io.github.cdimqtt.support.QuietLog;
import io.github.cdimqtt.support.Recorder;
import io.github.cdimqtt.support.TestContainer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The settings of connections that Flask-MQTT documents: prefixes for several of them, client id, user name and password. */
@ExtendWith({QuietLog.class, SharedBroker.class, SecuredBroker.class})
class FlaskMqttSettingsParityIT {

    private static final Duration SOON = Duration.ofSeconds(10);

    @ApplicationScoped
    static class Handler extends Recorder<String> {

        void any(@Observes @MqttTopic(value = "flask-connection/#", qos = Qos.AT_LEAST_ONCE) MqttMessage message) {
            record(message.topic() + "=" + message.text() + (message.retained() ? ", retained" : ""));
        }
    }

    /** {@code Mqtt(app, config_prefix="SECOND")}. */
    @ApplicationScoped
    static class SecondHandler extends Recorder<String> {

        @Inject
        @MqttBroker("second")
        Mqtt second;

        void any(@Observes @MqttBroker("second") @MqttTopic("flask-second/#") MqttMessage message) {
            record(message.broker() + " " + message.topic() + "=" + message.text());
        }

        Mqtt second() {
            return second;
        }
    }

    @Test
    void severalConnections_areIndependent(TestBroker broker, ArtemisBroker secured) {
        try (TestContainer container = TestContainer.start(
                        Keys.and(
                                Keys.of(broker),
                                Keys.named(
                                        "second",
                                        secured.url(),
                                        "username",
                                        SecuredBroker.USER,
                                        "password",
                                        SecuredBroker.PASSWORD)),
                        Handler.class,
                        SecondHandler.class);
                RawClient other = RawClient.connect(broker.url()).observe("flask-second/#")) {
            Mqtt first = container.get(Mqtt.class);
            Mqtt second = container.get(SecondHandler.class).second();
            assertThat(first.publish("flask-second/a", "on the first", Qos.AT_LEAST_ONCE))
                    .succeedsWithin(SOON);
            assertThat(second.publish("flask-second/a", "on the second", Qos.AT_LEAST_ONCE))
                    .succeedsWithin(SOON);
            assertThat(second.publish("flask-connection/a", "on the second", Qos.AT_LEAST_ONCE))
                    .succeedsWithin(SOON);
            assertThat(first.publish("flask-connection/a", "on the first", Qos.AT_LEAST_ONCE))
                    .succeedsWithin(SOON);
            await().until(
                            container.get(SecondHandler.class)::recorded,
                            List.of("second flask-second/a=on the second")::equals);
            await().until(container.get(Handler.class)::recorded, List.of("flask-connection/a=on the first")::equals);
            await().until(() -> other.texts("flask-second/a"), List.of("on the first")::equals);
        }
    }

    @Test
    void clientId_isTheConfiguredOne_orGenerated(TestBroker broker) {
        try (TestContainer container =
                TestContainer.start(Keys.of(broker, "client-id", "flask-2"), DebugRecorder.class)) {
            assertThat(container.get(Mqtt.class).clientId()).isEqualTo("flask-2");
        }
        try (TestContainer container = TestContainer.start(Keys.of(broker), DebugRecorder.class)) {
            assertThat(container.get(Mqtt.class).clientId()).matches("[0-9A-Za-z]{23}");
        }
    }

    @Test
    void usernameAndPassword_areAccepted_andWrongOnesReported(ArtemisBroker secured) {
        try (TestContainer container = TestContainer.start(Keys.secured(secured), Handler.class)) {
            assertThat(container.get(Mqtt.class).isConnected()).isTrue();
        }
        try (TestContainer container = TestContainer.start(
                Keys.of(secured, "username", SecuredBroker.USER, "password", Canary.WORD + "-guess"),
                Handler.class,
                DebugRecorder.class)) {
            assertThat(container.get(Mqtt.class).isConnected()).isFalse();
            DebugRecorder recorder = container.get(DebugRecorder.class);
            await().until(() -> !recorder.events(MqttEvent.ConnectFailed.class).isEmpty());
            MqttEvent.ConnectFailed failed =
                    recorder.events(MqttEvent.ConnectFailed.class).get(0);
            assertThat(failed.cause())
                    .hasMessageContaining(
                            TestContainer.isMqtt5() ? "wrong user name or password" : "check user name and password");
            assertThat(recorder.lines().toString() + recorder.events()).doesNotContain(Canary.WORD);
        }
    }
}
