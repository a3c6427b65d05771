package io.github.cdimqtt.internal.session.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.MqttProperties;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.internal.packet.ProtocolVersion;
import io.github.cdimqtt.support.Statement;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a dead letter of MQTT 5 tells of the message, and why it is one. */
class DeadLettersTest {
    private static final ObserverFailure FAILURE =
            new ObserverFailure("Climate#hot(double)", "IllegalStateException, caused by IOException");

    private final DeadLetters letters = new DeadLetters("dead/{topic}", ProtocolVersion.V5);

    private static Delivery message(MqttProperties properties) {
        return new Delivery(
                null,
                new Packet.Publish(
                        "a/b",
                        ByteBuffer.wrap(new byte[] {1}),
                        Qos.EXACTLY_ONCE,
                        true,
                        true,
                        7,
                        properties,
                        0,
                        List.of(3)),
                Delivery.State.RELEASED);
    }

    private static MqttProperties.Builder reason() {
        return MqttProperties.builder()
                .user("dead-letter-topic", "a/b")
                .user("dead-letter-observer", "Climate#hot(double)")
                .user("dead-letter-cause", "IllegalStateException, caused by IOException");
    }

    @Statement({"MQTT-3.3.1-3", "MQTT-3.3.4-6"})
    @Test
    void deadLetter_keepsTheProperties_withoutTheExpiry_andSaysWhyItIsOne() {
        MqttProperties properties = MqttProperties.builder()
                .contentType("text/plain")
                .responseTopic("answer")
                .correlationData(new byte[] {1, 2})
                .expiry(Duration.ofSeconds(5))
                .text(true)
                .user("a", "b")
                .user("a", "c")
                .build();
        Delivery failed = message(properties);
        failed.failed(FAILURE);

        assertThat(letters.deadLetterOf(failed))
                .isEqualTo(new Packet.Publish(
                        "dead/a/b",
                        ByteBuffer.wrap(new byte[] {1}),
                        Qos.EXACTLY_ONCE,
                        false,
                        false,
                        0,
                        MqttProperties.builder()
                                .contentType("text/plain")
                                .responseTopic("answer")
                                .correlationData(new byte[] {1, 2})
                                .text(true)
                                .user("a", "b")
                                .user("a", "c")
                                .user("dead-letter-topic", "a/b")
                                .user("dead-letter-observer", "Climate#hot(double)")
                                .user("dead-letter-cause", "IllegalStateException, caused by IOException")
                                .build(),
                        0,
                        List.of()));
    }

    @Test
    void reasonOfAnEarlierDeath_isReplaced() {
        Delivery failed = message(MqttProperties.builder()
                .user("dead-letter-topic", "before")
                .user("dead-letter-observer", "Before#it(String)")
                .user("dead-letter-cause", "Error")
                .build());
        failed.failed(FAILURE);

        assertThat(letters.deadLetterOf(failed).properties()).isEqualTo(reason().build());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "answer/#"})
    void responseTopic_thatMayNotBeSent_isLeftOut(String topic) {
        Delivery failed =
                message(MqttProperties.receivedBuilder().responseTopic(topic).build());
        failed.failed(FAILURE);

        assertThat(letters.deadLetterOf(failed).properties()).isEqualTo(reason().build());
    }

    @Test
    void firstFailure_isTheReason() {
        Delivery failed = message(MqttProperties.NONE);
        failed.failed(FAILURE);
        failed.failed(new ObserverFailure("Second#too(double)", "Error"));

        assertThat(letters.deadLetterOf(failed).properties()).isEqualTo(reason().build());
    }

    @Test
    void deadLetterOfMqtt311_hasNoProperties() {
        Delivery failed = message(MqttProperties.NONE);
        failed.failed(FAILURE);

        assertThat(new DeadLetters("dead", ProtocolVersion.V3_1_1)
                        .deadLetterOf(failed)
                        .properties())
                .isSameAs(MqttProperties.NONE);
    }
}
