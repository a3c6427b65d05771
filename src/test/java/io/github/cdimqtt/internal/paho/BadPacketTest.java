package io.github.cdimqtt.internal.paho;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.internal.client.InboundMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Packets that Paho 1.2.5 dies of, or that no broker may send. */
class BadPacketTest {
    private static final MqttConfig CONFIG =
            MqttConfig.builder().maxMessageSize(1000).build();

    @Test
    void unusualTopic_isReceived() {
        try (Fixture it = new Fixture(CONFIG);
                Peer peer = it.connect(false)) {
            peer.send(new PacketWriter().add("haus/🏠/temp").packet(0x30, 0));
            assertThat(it.recorder.next(InboundMessage.class).topic()).isEqualTo("haus/🏠/temp");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    3005 0002 61c3 ff | a message came whose topic is not valid UTF-8: a�
                    30e907            | a packet of 1,001 bytes came, more than max-message-size allows (1,000)
                    9002 0001         | what came is no packet of a broker (first byte 0x90, length 2)
                    4001 00           | what came is no packet of a broker (first byte 0x40, length 1)
                    d001 00           | what came is no packet of a broker (first byte 0xd0, length 1)
                    20020000          | the broker answered CONNECT twice
                    1000              | what came is no packet of a broker (first byte 0x10, length 0)
                    0000              | what came is no packet of a broker (first byte 0x00, length 0)
                    """)
    void badPacket_endsTheConnectionInWords(String packet, String words) {
        try (Fixture it = new Fixture(CONFIG);
                Peer peer = it.connect(false)) {
            peer.send(packet.replace(" ", ""));
            assertThat(it.recorder.lost()).isEqualTo(it.broker.uri() + ": " + words);
            peer.expectEnd();
        }
    }
}
