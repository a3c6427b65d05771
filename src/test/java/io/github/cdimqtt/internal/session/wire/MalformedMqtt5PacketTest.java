package io.github.cdimqtt.internal.session.wire;

import static io.github.cdimqtt.internal.packet.Mqtt5Packets.NOT_FOUND;
import static io.github.cdimqtt.internal.packet.Mqtt5Packets.disconnect;
import static io.github.cdimqtt.internal.packet.Packets.puback;
import static io.github.cdimqtt.internal.packet.Packets.pubcomp;
import static io.github.cdimqtt.internal.packet.Packets.pubrec;
import static io.github.cdimqtt.internal.packet.Packets.pubrel;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.internal.packet.Mqtt5Packets;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.support.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Packets of MQTT 5 that a broker must not send: the client says why with DISCONNECT, closes the connection (MQTT 5.0, section
 * 4.13) and explains it. {@code Mqtt5DamageTest} has the words for each damage; here is one of each code.
 */
class MalformedMqtt5PacketTest {
    private static final Wire WIRE = Wire.DIRECT_5;
    private static final MqttConfig CONFIG =
            MqttConfig.builder().maxMessageSize(1000).build();

    @Test
    void unusualTopic_isReceived() {
        try (Fixture fixture = new Fixture(WIRE, CONFIG);
                Peer peer = fixture.connect(false)) {
            peer.send(WIRE.publish("haus/🏠/temp", ""));
            assertThat(fixture.recorder.next(Packet.Publish.class).topic()).isEqualTo("haus/🏠/temp");
        }
    }

    /** PUBREL and PUBCOMP say that the identifier is not in use (section 4.3.3). */
    @Statement({"MQTT-3.6.2-1", "MQTT-3.7.2-1"})
    @Test
    void unexpectedMessages_andUnexpectedAnswers_areNoFaults() {
        try (Fixture fixture = new Fixture(WIRE, CONFIG);
                Peer peer = fixture.connect(false)) {
            peer.send(puback(7) + pubrec(7) + pubcomp(7) + WIRE.publish("a", "ff") + pubrel(7));
            assertThat(fixture.recorder.next(Packet.Publish.class).topic()).isEqualTo("a");
            peer.expect(Mqtt5Packets.pubrel(7, NOT_FOUND));
            peer.expect(Mqtt5Packets.pubcomp(7, NOT_FOUND));
        }
    }

    @Statement({"MQTT-3.14.2-1", "MQTT-4.13.1-1"})
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    3005 0002 61c3 00       | 81 | a PUBLISH came whose topic is not valid UTF-8
                    3606 000161 0001 00     | 81 | a PUBLISH came of QoS 3
                    4005 0007 00 00 00      | 81 | a PUBACK came that goes on behind its end
                    d001 00                 | 81 | a PINGRESP came that goes on behind its end
                    3804 000161 00          | 82 | a PUBLISH came of QoS 0 with DUP
                    9003 0007 00            | 82 | a SUBACK came without a reason code
                    2003 00 00 00           | 82 | the broker answered CONNECT twice
                    3006 0003 612f2b 00     | 90 | a PUBLISH of 'a/+' came whose topic has a wildcard
                    3007 000161 03 230000   | 94 | a PUBLISH of 'a' came with the property 'topic alias' of 0, which is out of range
                    """)
    void badPacket_isAnsweredWithItsReasonCode_andExplained(String packet, String code, String message) {
        try (Fixture fixture = new Fixture(WIRE, CONFIG);
                Peer peer = fixture.connect(false)) {
            peer.send(packet.replace(" ", ""));
            assertThat(fixture.recorder.lost()).isEqualTo(fixture.broker.uri() + ": " + message);
            peer.expect(disconnect(Integer.parseInt(code, 16)));
            peer.expectEnd();
        }
    }

    /** Too large for us: the broker may look at it, no retry will help [MQTT-3.1.2-24]. */
    @Statement({"MQTT-3.1.2-24", "MQTT-3.14.2-1"})
    @Test
    void packetLargerThanWeTake_isAnsweredWith0x95() {
        try (Fixture fixture = new Fixture(WIRE, CONFIG);
                Peer peer = fixture.connect(false)) {
            peer.send("30e607");
            assertThat(fixture.recorder.lost())
                    .startsWith(fixture.broker.uri() + ": a packet of 1,001 bytes came, more than max-message-size");
            peer.expect(disconnect(0x95));
            peer.expectEnd();
        }
    }
}
