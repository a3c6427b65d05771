package io.github.cdimqtt.internal.session.inbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.cdimqtt.MqttProperties;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.packet.MalformedPacketException;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.support.Statement;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** MQTT 5.0, section 3.3.2.3.4, as the receiver of messages. */
class TopicAliasMappingsTest {
    private static final int TOPIC_ALIAS_INVALID = 0x94;
    private static final int PROTOCOL_ERROR = 0x82;

    private final TopicAliasMappings mappings = new TopicAliasMappings(16);

    private static Packet.Publish message(String topic, int alias) {
        return new Packet.Publish(
                topic,
                ByteBuffer.wrap(new byte[] {7}),
                Qos.EXACTLY_ONCE,
                true,
                true,
                9,
                MqttProperties.builder().contentType("x").build(),
                alias,
                List.of(3, 4));
    }

    private String topicOf(int alias) throws MalformedPacketException {
        return mappings.resolve(message("", alias)).topic();
    }

    @Test
    void messageWithoutAlias_isLeftAlone() throws MalformedPacketException {
        Packet.Publish message = message("a", 0);
        assertThat(mappings.resolve(message)).isSameAs(message);
    }

    @Test
    void alias_standsForTheTopicThatItCameWith() throws MalformedPacketException {
        Packet.Publish first = message("a", 1);
        assertThat(mappings.resolve(first)).isEqualTo(message("a", 0));

        assertThat(mappings.resolve(message("", 1))).isEqualTo(message("a", 0));
        assertThat(topicOf(1)).isSameAs(first.topic()); // no text is made for it
    }

    @Statement("MQTT-3.3.2-10")
    @Test
    void aliasesUpToTheMaximum_areAllTaken_andMappedAnew() throws MalformedPacketException {
        for (int round = 1; round <= 2; round++) {
            for (int alias = 1; alias <= 16; alias++) {
                mappings.resolve(message("round " + round + ", " + alias, alias));
            }
            for (int alias = 1; alias <= 16; alias++) {
                assertThat(topicOf(alias)).isEqualTo("round " + round + ", " + alias);
            }
        }
    }

    @Statement({"MQTT-3.1.2-26", "MQTT-3.1.2-27", "MQTT-3.3.2-11"})
    @ParameterizedTest
    @CsvSource({"16, 17, a", "16, 17, ''", "16, 65535, a", "0, 1, a", "0, 1, ''"})
    void aliasAboveTheMaximum_isInvalid(int maximum, int alias, String topic) {
        assertThatExceptionOfType(MalformedPacketException.class)
                .isThrownBy(() -> new TopicAliasMappings(maximum).resolve(message(topic, alias)))
                .withMessage("the broker sent topic alias " + alias + ", although topic-alias-maximum is " + maximum
                        + "; that is a fault of the broker")
                .satisfies(fault -> assertThat(fault.reasonCode()).isEqualTo(TOPIC_ALIAS_INVALID));
    }

    @Test
    void aliasThatHasNoTopic_isAProtocolError() throws MalformedPacketException {
        mappings.resolve(message("a", 1));

        assertThatExceptionOfType(MalformedPacketException.class)
                .isThrownBy(() -> mappings.resolve(message("", 2)))
                .withMessage(
                        "the broker sent topic alias 2 without a topic, and gave it none before on this connection;"
                                + " that is a fault of the broker, so the next connections do without aliases, as"
                                + " topic-alias-maximum=0 does from the first")
                .satisfies(fault -> assertThat(fault.reasonCode()).isEqualTo(PROTOCOL_ERROR));
        assertThat(mappings.maximum()).isZero();
    }

    @Test
    void aliases_areOfOneConnection() throws MalformedPacketException {
        mappings.resolve(message("a", 1));

        mappings.connected();

        assertThatExceptionOfType(MalformedPacketException.class).isThrownBy(() -> topicOf(1));
    }
}
