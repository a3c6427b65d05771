package io.github.cdimqtt.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.cdimqtt.Mqtt;
import io.github.cdimqtt.MqttMessage;
import io.github.cdimqtt.MqttTopic;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.broker.ArtemisBroker;
import io.github.cdimqtt.broker.MosquittoBroker;
import io.github.cdimqtt.broker.RawClient;
import io.github.cdimqtt.broker.TestBroker;
import io.github.cdimqtt.support.QuietLog;
import io.github.cdimqtt.support.TestContainer;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Retained messages on topics that kill the receiver of Paho, which each connection receives again: observers receive them. */
@ExtendWith(QuietLog.class)
class UnusualTopicIT {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** An emoji, the replacement character, a byte order mark: all three kill Paho's receiver. */
    private static final List<String> TOPICS = List.of("odd/\ud83d\ude00", "odd/\ufffd", "odd/\ufeff");

    /** Control characters and non-characters, over which Mosquitto closes the connection of the sender. */
    private static final List<String> FATAL =
            List.of("odd/\u0001", "odd/\n", "odd/\u0085", "odd/\ufdd0", "odd/\uffff", "odd/\udbff\udfff");

    @Singleton
    static class Receiver {
        final List<MqttMessage> received = new CopyOnWriteArrayList<>();

        void odd(@Observes @MqttTopic(value = "odd/#", qos = Qos.AT_LEAST_ONCE) MqttMessage message) {
            received.add(message);
        }

        List<String> topics(boolean retained) {
            return received.stream()
                    .filter(message -> message.retained() == retained)
                    .map(MqttMessage::topic)
                    .toList();
        }
    }

    @Test
    void artemis() throws Exception {
        try (TestBroker broker = ArtemisBroker.launch()) {
            check("Artemis", broker);
        }
    }

    @Test
    void mosquitto() throws Exception {
        assumeTrue(MosquittoBroker.isInstalled(), "Mosquitto is not installed");
        try (TestBroker broker = MosquittoBroker.launch()) {
            check("Mosquitto", broker);
        }
    }

    private static void check(String name, TestBroker broker) throws Exception {
        List<String> kept = new ArrayList<>();
        for (List<String> topics : List.of(TOPICS, FATAL)) {
            for (String topic : topics) {
                if (isTaken(broker, topic)) {
                    kept.add(topic);
                }
            }
        }
        assertThat(kept).containsAll(TOPICS);
        Map<String, String> settings = Map.of("mqtt.broker-url", broker.url(), "mqtt.reconnect.min-delay", "20ms");
        try (RawClient plain = RawClient.connect(broker.url()).introduce("odd/plain");
                TestContainer application = TestContainer.start(settings, Receiver.class)) {
            Receiver observer = application.get(Receiver.class);
            Mqtt mqtt = application.get(Mqtt.class);
            await().atMost(PATIENCE).until(() -> observer.topics(true).size() >= kept.size());
            assertThat(observer.topics(true)).containsExactlyInAnyOrderElementsOf(kept);

            for (String topic : FATAL) {
                assertThat(mqtt.publish(topic, topic, Qos.AT_LEAST_ONCE))
                        .failsWithin(PATIENCE)
                        .withThrowableThat()
                        .havingCause()
                        .withMessageContaining("brokers may close the connection because of U+");
                assertThat(mqtt.subscribe(topic))
                        .failsWithin(PATIENCE)
                        .withThrowableThat()
                        .havingCause()
                        .withMessageContaining("brokers may close the connection because of U+");
            }
            for (String topic : TOPICS) {
                mqtt.subscribe(topic, Qos.AT_LEAST_ONCE).toCompletableFuture().get(20, TimeUnit.SECONDS);
                mqtt.publish(topic, topic, Qos.AT_LEAST_ONCE)
                        .toCompletableFuture()
                        .get(20, TimeUnit.SECONDS);
            }
            plain.publish("odd/plain", "the others");
            List<String> published = new ArrayList<>(TOPICS);
            published.add("odd/plain");
            await().atMost(PATIENCE).until(() -> observer.topics(false).size() >= published.size());
            assertThat(observer.topics(false)) // Artemis does not keep their order, see OrderIT
                    .containsExactlyInAnyOrderElementsOf(published);
            assertThat(mqtt.metrics().reconnects()).isZero();
            System.out.println(name + " keeps " + kept.size() + " of " + (TOPICS.size() + FATAL.size())
                    + " unusual topics; all of these were received; " + TOPICS.size()
                    + " were subscribed and published to, the others refused in words; 0 reconnects");
        }
    }

    /** Publishes byte by byte, as no client library does; returns whether the broker acknowledged it. */
    private static boolean isTaken(TestBroker broker, String topic) throws IOException {
        byte[] publish = SocketBroker.publish(topic, "kept", 1, false);
        publish[0] |= 1; // retained
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), broker.port())) {
            socket.setSoTimeout(10_000);
            DataInputStream in = new DataInputStream(socket.getInputStream());
            socket.getOutputStream().write(new byte[] {0x10, 13, 0, 4, 'M', 'Q', 'T', 'T', 4, 2, 0, 30, 0, 1, 'o'});
            in.readFully(new byte[4]);
            socket.getOutputStream().write(publish);
            return in.read() == 0x40;
        }
    }
}
