package io.github.cdimqtt.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cdimqtt.Mqtt;
import io.github.cdimqtt.MqttBroker;
import io.github.cdimqtt.MqttEvent;
import io.github.cdimqtt.broker.Proxy;
import io.github.cdimqtt.broker.SharedBroker;
import io.github.cdimqtt.broker.TestBroker;
import io.github.cdimqtt.support.EventRecorder;
import io.github.cdimqtt.support.QuietLog;
import io.github.cdimqtt.support.TestContainer;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two clients with one id take over the session from each other: the log names that once, and never for a bad network. */
@ExtendWith({SharedBroker.class, QuietLog.class})
class SessionTakeoverIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int TIMES = 8;

    @Singleton
    static class Two {
        @Inject
        Mqtt one;

        @Inject
        @MqttBroker("rival")
        Mqtt other;
    }

    @Singleton
    static class One {
        @Inject
        Mqtt one;
    }

    @Test
    void twoClientsOfOneId_areReportedOnce(TestBroker broker) {
        Map<String, String> settings = Map.of(
                "mqtt.broker-url", broker.url(),
                "mqtt.client-id", "one-of-two",
                "mqtt.reconnect.min-delay", "50ms",
                "mqtt.reconnect.max-delay", "100ms",
                "mqtt.rival.broker-url", broker.url(),
                "mqtt.rival.client-id", "one-of-two",
                "mqtt.rival.reconnect.min-delay", "50ms",
                "mqtt.rival.reconnect.max-delay", "100ms");
        try (TestContainer application = TestContainer.start(settings, Two.class, EventRecorder.class)) {
            EventRecorder recorder = application.get(EventRecorder.class);
            await().atMost(PATIENCE)
                    .until(() ->
                            disconnected(recorder, "default") >= TIMES && disconnected(recorder, "rival") >= TIMES);
            assertThat(recorder.lines("MQTT-106")).as("one for each of the two").hasSize(2);
            System.out.println("two clients of one id: "
                    + recorder.events(MqttEvent.Disconnected.class).size() + " times taken over, reported: "
                    + recorder.lines("MQTT-106"));
        }
    }

    @Test
    void badNetwork_isNotReportedAsASecondClient(TestBroker broker) {
        try (Proxy proxy = Proxy.to(broker.port());
                TestContainer application = TestContainer.start(
                        Map.of(
                                "mqtt.broker-url", proxy.url(),
                                "mqtt.client-id", "one-alone",
                                "mqtt.reconnect.min-delay", "20ms",
                                "mqtt.reconnect.max-delay", "50ms"),
                        One.class,
                        EventRecorder.class)) {
            EventRecorder recorder = application.get(EventRecorder.class);
            for (int i = 1; i <= TIMES; i++) {
                int times = i;
                await().atMost(PATIENCE)
                        .until(() -> recorder.events(MqttEvent.Connected.class).size() == times);
                proxy.refuse();
                proxy.cut();
                await().atMost(PATIENCE)
                        .until(() -> !recorder.events(MqttEvent.ConnectFailed.class)
                                        .isEmpty()
                                && recorder.events(MqttEvent.Disconnected.class).size() == times);
                int failed = recorder.events(MqttEvent.ConnectFailed.class).size();
                await().atMost(PATIENCE)
                        .until(() ->
                                recorder.events(MqttEvent.ConnectFailed.class).size() > failed);
                proxy.forward();
            }
            assertThat(recorder.lines("MQTT-106")).isEmpty();
            System.out.println("a bad line: "
                    + recorder.events(MqttEvent.Disconnected.class).size() + " times lost, "
                    + recorder.events(MqttEvent.ConnectFailed.class).size()
                    + " attempts failed, no second client suspected");
        }
    }

    private static long disconnected(EventRecorder recorder, String broker) {
        return recorder.events(MqttEvent.Disconnected.class).stream()
                .filter(event -> event.broker().equals(broker))
                .count();
    }
}
