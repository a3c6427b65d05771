package io.github.cdimqtt.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.cdimqtt.broker.SharedBroker;
import io.github.cdimqtt.broker.TestBroker;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The clients of MQTT 5 that cdi-mqtt exchanges messages with, among themselves: what goes wrong here is a fault of one of
 * them, or of the broker, and says nothing of cdi-mqtt.
 */
@Timeout(60)
@ExtendWith(SharedBroker.class)
class OtherClientsIT {
    private static final Duration SOON = Duration.ofSeconds(20);

    private final String topic = "interop/" + UUID.randomUUID();

    @ParameterizedTest
    @CsvSource({
        "MOSQUITTO, HIVEMQ",
        "MOSQUITTO, MQTT_JS",
        "HIVEMQ, MOSQUITTO",
        "HIVEMQ, MQTT_JS",
        "MQTT_JS, MOSQUITTO",
        "MQTT_JS, HIVEMQ"
    })
    void everyProperty_arrivesUnaltered(OtherClients sender, OtherClients receiver, TestBroker broker) {
        try (OtherClient from = sender.connect(broker);
                OtherClient to = receiver.connect(broker)) {
            to.subscribe(topic);
            for (int qos = 0; qos <= 2; qos++) {
                int count = qos + 1;
                TestMessage sent = TestMessage.withEverything(topic, qos);
                from.publish(sent);
                await().atMost(SOON).until(() -> to.received().size() == count);
                TestMessage received = to.received().get(qos);
                assertThat(received.withoutExpiry()).isEqualTo(sent.withoutExpiry());
                assertThat(received.expiry()).isBetween(sent.expiry() - SOON.toSeconds(), sent.expiry());
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"MOSQUITTO, HIVEMQ", "HIVEMQ, MQTT_JS", "MQTT_JS, MOSQUITTO"})
    void messageWithoutProperties_getsNone(OtherClients sender, OtherClients receiver, TestBroker broker) {
        try (OtherClient from = sender.connect(broker);
                OtherClient to = receiver.connect(broker)) {
            to.subscribe(topic);
            TestMessage sent = TestMessage.plain(topic, "x", 1);
            from.publish(sent);
            await().atMost(SOON).until(() -> to.received().size() == 1);
            assertThat(to.received()).containsExactly(sent);
        }
    }

    @Test
    void requestOfMosquittoRr_isAnswered(TestBroker broker) throws Exception {
        assumeTrue(MosquittoClients.areInstalled(), "mosquitto_rr is not installed");
        try (OtherClient responder = OtherClients.HIVEMQ.connect(broker)) {
            responder.subscribe(topic);
            Process asking = new MosquittoClients(broker).ask(topic, topic + "/answer", "1 + 2");
            await().atMost(SOON).until(() -> responder.received().size() == 1);
            TestMessage request = responder.received().get(0);
            assertThat(request.text()).isEqualTo("1 + 2");
            assertThat(request.responseTopic()).isEqualTo(topic + "/answer");
            responder.publish(request.answer("3"));
            assertThat(MosquittoClients.end(asking)).isEqualTo("3");
        }
    }
}
