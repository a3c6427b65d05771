package io.github.cdimqtt.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cdimqtt.Mqtt;
import io.github.cdimqtt.MqttEvent;
import io.github.cdimqtt.MqttTopic;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.broker.AnyBroker;
import io.github.cdimqtt.broker.TestBroker;
import io.github.cdimqtt.support.LogRecorder;
import io.github.cdimqtt.support.QuietLog;
import io.github.cdimqtt.support.Recorder;
import io.github.cdimqtt.support.TestContainer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Calls of an application that has not started yet open the connection. */
@ExtendWith({QuietLog.class, AnyBroker.class})
class EarlyUseIT {

    /** An application that can't start without an answer. */
    @ApplicationScoped
    static class Impatient extends Recorder<String> {

        @Inject
        Mqtt mqtt;

        void initialized(@Observes @Initialized(ApplicationScoped.class) Object event) {
            record("granted "
                    + done(mqtt.subscribe("start/consumed", Qos.AT_LEAST_ONCE, message -> record("consumed"))));
        }

        void startup(@Observes Startup event) {
            done(mqtt.publish("start/consumed", "x", Qos.AT_LEAST_ONCE));
            done(mqtt.publish("start/echo", "x", Qos.EXACTLY_ONCE));
            done(mqtt.unsubscribe("start/nothing"));
            done(mqtt.connect());
            await().pollDelay(Duration.ofMillis(300)).until(() -> true); // in case something is observed too early
            record("started, connected " + mqtt.isConnected());
        }

        void connected(@Observes MqttEvent.Connected event) {
            record("observed the connection");
        }

        void echo(@Observes @MqttTopic(value = "start/echo", qos = Qos.AT_LEAST_ONCE) String text) {
            record("observed");
        }

        private static <T> T done(CompletionStage<T> stage) {
            return stage.toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
        }
    }

    @Test
    void callDuringTheStart_opensTheConnection_andNothingIsObservedBeforeTheApplicationHasStarted(TestBroker broker) {
        try (TestContainer container = TestContainer.start(Keys.of(broker), Impatient.class)) {
            Impatient impatient = container.get(Impatient.class);
            await().until(() -> impatient.recorded().size() == 5);
            assertThat(impatient.recorded()).startsWith("granted AT_LEAST_ONCE", "started, connected true");
            assertThat(impatient.recorded()).contains("observed the connection", "consumed", "observed");
        }
    }

    /** Publishes before the connection opens. */
    @ApplicationScoped
    static class Hasty {

        @Inject
        Mqtt mqtt;

        void startup(@Observes Startup event) {
            mqtt.publish("start/lost", "x");
        }
    }

    @Test
    void qos0Message_publishedBeforeTheConnectionOpens_isLogged(TestBroker broker) {
        try (LogRecorder log = LogRecorder.of("io.github.cdimqtt");
                TestContainer container = TestContainer.start(Keys.of(broker), Hasty.class)) {
            assertThat(container.get(Mqtt.class).isConnected()).isTrue();
            await().untilAsserted(() -> assertThat(log.lines())
                    .containsOnlyOnce(
                            "WARNING MQTT-127: publish failed, and nothing is chained to its stage: a message of"
                                    + " QoS 0 to 'start/lost' is lost: the connection opens when the application has started;"
                                    + " publish with QoS 1, which opens it at once, or observe MqttEvent.Connected"));
        }
    }
}
