package io.github.cdimqtt.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cdimqtt.Mqtt;
import io.github.cdimqtt.MqttEvent;
import io.github.cdimqtt.MqttTopic;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.broker.Access;
import io.github.cdimqtt.broker.ArtemisBroker;
import io.github.cdimqtt.broker.RawClient;
import io.github.cdimqtt.support.Canary;
import io.github.cdimqtt.support.EventRecorder;
import io.github.cdimqtt.support.QuietLog;
import io.github.cdimqtt.support.TestContainer;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The broker refuses one of three subscriptions: that one is reported, and the others receive messages. */
@ExtendWith(QuietLog.class)
class RefusedSubscriptionIT {

    @Singleton
    static class Three {
        final List<String> received = new CopyOnWriteArrayList<>();

        void first(@Observes @MqttTopic("refused/first") String text) {
            received.add("first " + text);
        }

        void closed(@Observes @MqttTopic(value = "refused/closed", qos = Qos.AT_LEAST_ONCE) String text) {
            received.add("closed " + text);
        }

        void last(@Observes @MqttTopic(value = "refused/last/+", qos = Qos.EXACTLY_ONCE) String text) {
            received.add("last " + text);
        }
    }

    @Test
    void refusedSubscription_isReported_andDoesNotAffectTheOthers() {
        Access access = Access.users(Map.of("user", Canary.WORD)).closing("refused/closed");
        Map<String, String> settings = Map.of("mqtt.username", "user", "mqtt.password", Canary.WORD);
        MqttConnectOptions options = new MqttConnectOptions();
        options.setUserName("user");
        options.setPassword(Canary.WORD.toCharArray());
        try (ArtemisBroker broker = ArtemisBroker.launch(access);
                TestContainer application =
                        TestContainer.start(settings(settings, broker), Three.class, EventRecorder.class);
                RawClient publisher = RawClient.connect(broker.url(), options)) {
            EventRecorder recorder = application.get(EventRecorder.class);
            await().until(() -> !recorder.events(MqttEvent.Connected.class).isEmpty());

            publisher.publish("refused/first", "1");
            publisher.publish("refused/last/x", "3");

            await().until(() -> application.get(Three.class).received.size() == 2);
            assertThat(application.get(Three.class).received).containsExactlyInAnyOrder("first 1", "last 3");
            assertThat(recorder.events(MqttEvent.SubscriptionRefused.class))
                    .containsExactly(EventRecorder.refused("refused/closed"));
            assertThat(recorder.events(MqttEvent.Subscribed.class))
                    .extracting(MqttEvent.Subscribed::filter)
                    .containsExactlyInAnyOrder("refused/first", "refused/last/+");
            assertThat(application.get(Mqtt.class).subscriptions())
                    .isEqualTo(Map.of("refused/first", Qos.AT_MOST_ONCE, "refused/last/+", Qos.EXACTLY_ONCE));
            System.out.println("SUBACK 0x80 for one of three: " + recorder.events(MqttEvent.SubscriptionRefused.class)
                    + "; " + recorder.lines("MQTT-103"));
        }
    }

    private static Map<String, String> settings(Map<String, String> settings, ArtemisBroker broker) {
        Map<String, String> all = new HashMap<>(settings);
        all.put("mqtt.broker-url", broker.url());
        return all;
    }
}
