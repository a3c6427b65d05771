package io.github.cdimqtt.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.mqtt5.message.connect.connack.Mqtt5ConnAck;
import com.hivemq.client.mqtt.mqtt5.message.connect.connack.Mqtt5ConnAckRestrictions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HiveMqBrokerIT {

    private static final Duration BRIEFLY = Duration.ofMillis(300);

    private final HiveMqBroker broker = HiveMqBroker.launch(
            "<receive-maximum><server-receive-maximum>2</server-receive-maximum></receive-maximum>");

    @AfterAll
    void close() {
        Path directory = broker.directory();
        broker.close();
        assertThat(directory).doesNotExist();
    }

    @Test
    void overlappingSubscriptions_bringOneMessage() {
        try (RawClient client =
                RawClient.connect(broker.url()).observe("once/+").observe("once/a")) {
            client.publish("once/a", "hello");
            await().during(BRIEFLY).until(() -> client.texts("once/a").equals(List.of("hello")));
        }
    }

    @Test
    void restriction_isToldToClientsOfMqtt5() {
        var client = MqttClient.builder()
                .useMqttVersion5()
                .serverHost("127.0.0.1")
                .serverPort(broker.port())
                .buildBlocking();
        Mqtt5ConnAck answer = client.connect();
        client.disconnect();
        Mqtt5ConnAckRestrictions restrictions = answer.getRestrictions();
        assertThat(restrictions.getReceiveMaximum()).isEqualTo(2);
        assertThat(restrictions.areSubscriptionIdentifiersAvailable()).isTrue();
        assertThat(restrictions.isSharedSubscriptionAvailable()).isTrue();
        assertThat(restrictions.getTopicAliasMaximum()).isPositive();
    }

    @Test
    void killedBroker_comesBackOnTheSamePort() {
        try (HiveMqBroker killed = HiveMqBroker.launch()) {
            killed.kill();
            assertThatThrownBy(() -> RawClient.connect(killed.url())).hasMessageContaining("cannot connect");
            killed.start();
            RawClient.connect(killed.url()).close();
        }
    }

    /** It says only what is wrong, as all logging of the tests. */
    @Test
    void log_isEmpty() throws IOException {
        RawClient.connect(broker.url()).close();
        try (Stream<String> log = Files.lines(broker.directory().resolve("hivemq.log"))) {
            assertThat(log).isEmpty();
        }
    }
}
