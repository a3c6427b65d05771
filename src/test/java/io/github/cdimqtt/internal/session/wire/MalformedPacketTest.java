package io.github.cdimqtt.internal.session.wire;

import static io.github.cdimqtt.internal.packet.Packets.puback;
import static io.github.cdimqtt.internal.packet.Packets.pubcomp;
import static io.github.cdimqtt.internal.packet.Packets.pubrec;
import static io.github.cdimqtt.internal.packet.Packets.pubrel;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.internal.packet.Packet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Packets of MQTT 3.1.1 that kill Paho 1.2.5 alone, or that a broker must not send. */
@ParameterizedClass
@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = Wire.MQTT_5)
class MalformedPacketTest {
    private static final MqttConfig CONFIG =
            MqttConfig.builder().maxMessageSize(1000).build();

    @Parameter
    Wire wire;

    @Test
    void unusualTopic_isReceived() {
        try (Fixture fixture = new Fixture(wire, CONFIG);
                Peer peer = fixture.connect(false)) {
            peer.send(wire.publish("haus/🏠/temp", ""));
            assertThat(fixture.recorder.next(Packet.Publish.class).topic()).isEqualTo("haus/🏠/temp");
        }
    }

    @Test
    void unexpectedMessages_andUnexpectedAnswers_areNoFaults() {
        try (Fixture fixture = new Fixture(wire, CONFIG);
                Peer peer = fixture.connect(false)) {
            peer.send(puback(7) + pubrec(7) + pubcomp(7) + wire.publish("a", "ff") + pubrel(7));
            assertThat(fixture.recorder.next(Packet.Publish.class).topic()).isEqualTo("a");
            peer.expect(pubcomp(7));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    3005 0002 61c3 ff | a message came whose topic is not valid UTF-8: a�
                    30e907            | a packet of 1,001 bytes came, more than max-message-size allows (1,000)
                    3602 0001         | a message of QoS 3 came
                    3000              | a message came that is cut off or has no topic
                    3002 0000         | a message came that is cut off or has no topic
                    3003 0005 61      | a message came that is cut off or has no topic
                    3203 0001 61      | a message came that is cut off or has no topic
                    3205 0001 61 0000 | a message of QoS 1 came without a packet identifier
                    3405 0001 61 0000 | a message of QoS 2 came without a packet identifier
                    3005 0003 61 00 62 | a message came whose topic is not valid UTF-8: a\\u0000b
                    3007 0005 61 0a 1b ff 62 | a message came whose topic is not valid UTF-8: a\\u000a\\u001b�b
                    3005 0003 eda080  | a message came whose topic is not valid UTF-8: �
                    30ffffff7f        | a packet of 268,435,455 bytes came, more than max-message-size allows (1,000)
                    30ffffffff01      | the length of a packet has more than four bytes
                    9003 0007 00      | the broker answered what it was never asked, with an unknown packet identifier
                    b002 0007         | the broker answered what it was never asked, with an unknown packet identifier
                    6003 000700       | what came is no packet of a broker (first byte 0x60, length 3)
                    e000              | what came is no packet of a broker (first byte 0xe0, length 0)
                    f000              | what came is no packet of a broker (first byte 0xf0, length 0)
                    9002 0001         | what came is no packet of a broker (first byte 0x90, length 2)
                    4001 00           | what came is no packet of a broker (first byte 0x40, length 1)
                    d001 00           | what came is no packet of a broker (first byte 0xd0, length 1)
                    20020000          | the broker answered CONNECT twice
                    1000              | what came is no packet of a broker (first byte 0x10, length 0)
                    0000              | what came is no packet of a broker (first byte 0x00, length 0)
                    """)
    void badPacket_endsTheConnectionWithAReason(String packet, String message) {
        try (Fixture fixture = new Fixture(wire, CONFIG);
                Peer peer = fixture.connect(false)) {
            peer.send(packet.replace(" ", ""));
            assertThat(fixture.recorder.lost()).isEqualTo(fixture.broker.uri() + ": " + message);
            peer.expectEnd();
        }
    }
}
