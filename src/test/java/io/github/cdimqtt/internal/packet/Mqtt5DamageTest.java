package io.github.cdimqtt.internal.packet;

import static io.github.cdimqtt.internal.packet.Mqtt5Packets.packet;
import static io.github.cdimqtt.internal.packet.Mqtt5Packets.properties;
import static io.github.cdimqtt.internal.packet.Packets.string;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.cdimqtt.MqttReason;
import io.github.cdimqtt.internal.value.Limits;
import io.github.cdimqtt.support.Statement;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What comes from a broker of MQTT 5 and must not: each is told in words, with the code that it is answered with
 * [MQTT-4.13.1-1]. The first column is the row of the page of conformance, if it is in one.
 */
class Mqtt5DamageTest {

    @Statement({"MQTT-1.5.4-1", "MQTT-1.5.4-2", "MQTT-1.5.5-1", "MQTT-1.5.7-1", "MQTT-2.1.3-1", "MQTT-3.1.2-24"})
    @Statement({"MQTT-3.3.1-2", "MQTT-3.3.1-4", "MQTT-3.3.2-2", "MQTT-3.3.2-13", "MQTT-3.3.2-19"})
    @Statement({"MQTT-3.6.1-1", "MQTT-3.8.4-6", "MQTT-3.9.3-1", "MQTT-3.14.1-1", "MQTT-3.14.2-2", "MQTT-3.15.1-1"})
    @Statement({"MQTT-3.15.2-1", "MQTT-4.7.0-1", "MQTT-4.13.1-1"})
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    1  | 3005 0002 61c3 00           | 0x81 | a PUBLISH came whose topic is not valid UTF-8
                    1  | 3006 0003 eda080 00         | 0x81 | a PUBLISH came whose topic is not valid UTF-8
                    2  | 3005 0002 6100 00           | 0x81 | a PUBLISH came whose topic is not valid UTF-8
                    4  | 3007 000161 03 0b8100       | 0x81 | a PUBLISH of 'a' came with a variable byte integer that is longer than needed
                    4  | 3009 000161 05 0b80808000   | 0x81 | a PUBLISH of 'a' came with a variable byte integer that is longer than needed
                    4  | 300a 000161 06 0b8080808001 | 0x81 | a PUBLISH of 'a' came with a variable byte integer of more than four bytes
                    4  | 3006 000161 8000 61         | 0x81 | a PUBLISH of 'a' came with a variable byte integer that is longer than needed
                    4  | 308400 000161 00            | 0x81 | a PUBLISH came whose length has more bytes than needed
                    8  | 3206 000161 0000 00         | 0x81 | a PUBLISH of 'a' came without a packet identifier
                    11 | 3003 000161                 | 0x81 | a PUBLISH of 'a' came that is cut off
                    25 | 3007 000161 03 230000       | 0x94 | a PUBLISH of 'a' came with the property 'topic alias' of 0, which is out of range
                    25 | 3107 000161 03 230000       | 0x94 | a PUBLISH of 'a' came with the property 'topic alias' of 0, which is out of range; remove the retained message of 'a', or it ends each connection
                    25 | 3106 0000 03 230000         | 0x94 | a PUBLISH came with the property 'topic alias' of 0, which is out of range
                    53 | 3804 000161 00              | 0x82 | a PUBLISH came of QoS 0 with DUP
                    55 | 3606 000161 0001 00         | 0x81 | a PUBLISH came of QoS 3
                    59 | 3006 0003 612f2b 00         | 0x90 | a PUBLISH of 'a/+' came whose topic has a wildcard
                    59 | 3004 0001 23 00             | 0x90 | a PUBLISH of '#' came whose topic has a wildcard
                    65 | 3003 0000 00                | 0x82 | a PUBLISH came without a topic and without a topic alias
                    67 | 3008 000161 04 08 0001 ff   | 0x81 | a PUBLISH of 'a' came whose response topic is not valid UTF-8
                    68 | 3008 000161 04 03 0001 ff   | 0x81 | a PUBLISH of 'a' came whose content type is not valid UTF-8
                    2  | 3008 000161 04 03 0001 00   | 0x81 | a PUBLISH of 'a' came whose content type is not valid UTF-8
                    5  | 300b 000161 07 26 0001 ff 0001 61 | 0x81 | a PUBLISH of 'a' came whose user property is not valid UTF-8
                    5  | 300b 000161 07 26 0001 61 0001 00 | 0x81 | a PUBLISH of 'a' came whose user property is not valid UTF-8
                    -  | 3008 000161 04 2600 0161    | 0x81 | a PUBLISH of 'a' came that is cut off
                    -  | 3008 000161 05 03 0001 61   | 0x81 | a PUBLISH of 'a' came that is cut off
                    -  | 3008 000161 03 03 0001 61   | 0x81 | a PUBLISH of 'a' came that is cut off
                    -  | 3008 000161 04 0101 0101    | 0x82 | a PUBLISH of 'a' came with the property 'payload format indicator' twice
                    -  | 300c 000161 08 03 0001 61 03 0001 61 | 0x82 | a PUBLISH of 'a' came with the property 'content type' twice
                    -  | 300c 000161 08 09 0001 61 09 0001 61 | 0x82 | a PUBLISH of 'a' came with the property 'correlation data' twice
                    -  | 3006 000161 02 0102         | 0x82 | a PUBLISH of 'a' came with the property 'payload format indicator' of 2, which is out of range
                    -  | 3006 000161 02 0b00         | 0x82 | a PUBLISH of 'a' came with the property 'subscription identifier' of 0, which is out of range
                    -  | 3006 000161 02 2401         | 0x81 | a PUBLISH of 'a' came with the property 'maximum qos', which it can't have
                    -  | 3006 000161 02 0401         | 0x81 | a PUBLISH of 'a' came with an unknown property 4, which it can't have
                    -  | 3007 000161 03 ff0101       | 0x81 | a PUBLISH of 'a' came with an unknown property 255, which it can't have
                    6  | 4102 0007                   | 0x81 | a PUBACK came with flags that are reserved
                    6  | 5202 0007                   | 0x81 | a PUBREC came with flags that are reserved
                    77 | 6002 0007                   | 0x81 | a PUBREL came with flags that are reserved
                    77 | 6302 0007                   | 0x81 | a PUBREL came with flags that are reserved
                    6  | 7202 0007                   | 0x81 | a PUBCOMP came with flags that are reserved
                    6  | 9204 0007 00 00             | 0x81 | a SUBACK came with flags that are reserved
                    6  | b204 0007 00 00             | 0x81 | an UNSUBACK came with flags that are reserved
                    6  | d800                        | 0x81 | a PINGRESP came with flags that are reserved
                    91 | e200                        | 0x81 | a DISCONNECT came with flags that are reserved
                    96 | f100                        | 0x81 | an AUTH came with flags that are reserved
                    -  | 4002 0000                   | 0x81 | a PUBACK came without a packet identifier
                    -  | 4001 00                     | 0x81 | a PUBACK came that is cut off
                    -  | 4005 0007 00 00 00          | 0x81 | a PUBACK came that goes on behind its end
                    -  | 4008 0007 00 04 1c 0001 61  | 0x81 | a PUBACK came with the property 'server reference', which it can't have
                    -  | 4009 0007 00 05 1f 0002 c328 | 0x81 | a PUBACK came whose reason string is not valid UTF-8
                    85 | 9003 0007 00                | 0x82 | a SUBACK came without a reason code
                    86 | 9004 0007 00 03             | 0x81 | a SUBACK came with the code 0x03, which MQTT does not have
                    85 | b003 0007 00                | 0x82 | an UNSUBACK came without a reason code
                    -  | b002 0007                   | 0x81 | an UNSUBACK came that is cut off
                    -  | d001 00                     | 0x81 | a PINGRESP came that goes on behind its end
                    93 | e007 00 05 1100000000       | 0x82 | a DISCONNECT came with the property 'session expiry interval'
                    97 | f006 19 04 15 0001 6d       | 0x82 | an AUTH came with 0x19 re-authenticate, which only a client sends
                    97 | f006 87 04 15 0001 6d       | 0x82 | an AUTH came with 0x87 not authorised, which only a client sends
                    -  | f002 18 00                  | 0x82 | an AUTH came without an authentication method
                    -  | f001 18                     | 0x81 | an AUTH came that is cut off
                    -  | 1000                        | 0x82 | a CONNECT came which no broker sends
                    -  | 8200                        | 0x82 | a SUBSCRIBE came which no broker sends
                    -  | a200                        | 0x82 | an UNSUBSCRIBE came which no broker sends
                    -  | c000                        | 0x82 | a PINGREQ came which no broker sends
                    -  | 0000                        | 0x81 | what came is no packet of MQTT (first byte 0x00)
                    24 | 30e607                      | 0x95 | a packet of 1,001 bytes came, more than max-message-size allows (1,000)
                    """)
    void packet_thatIsDamaged_isToldInWords(String statement, String packet, int code, String words) {
        assertRefused("2003000000" + packet, 1, code, words);
    }

    @Statement({"MQTT-2.1.3-1", "MQTT-3.2.0-1", "MQTT-3.2.2-1", "MQTT-3.2.2-8"})
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    6  | 2103 00 00 00               | 0x81 | a CONNACK came with flags that are reserved
                    41 | 2003 02 00 00               | 0x81 | a CONNACK came with flags that are reserved
                    41 | 2003 81 00 00               | 0x81 | a CONNACK came with flags that are reserved
                    45 | 2003 00 01 00               | 0x81 | a CONNACK came with the code 0x01, which MQTT does not have
                    45 | 2003 00 7f 00               | 0x81 | a CONNACK came with the code 0x7f, which MQTT does not have
                    -  | 2002 00 00                  | 0x81 | the broker answered as MQTT 3.1.1 does: set protocol-version=3.1.1
                    -  | 2002 01 00                  | 0x81 | the broker answered as MQTT 3.1.1 does: set protocol-version=3.1.1
                    -  | 2001 00                     | 0x81 | a CONNACK came that is cut off
                    -  | 2004 00 00 00 00            | 0x81 | a CONNACK came that goes on behind its end
                    -  | 2006 00 00 03 210000        | 0x82 | a CONNACK came with the property 'receive maximum' of 0, which is out of range
                    -  | 2008 00 00 05 2700000000    | 0x82 | a CONNACK came with the property 'maximum packet size' of 0, which is out of range
                    -  | 2005 00 00 02 2402          | 0x82 | a CONNACK came with the property 'maximum qos' of 2, which is out of range
                    -  | 2009 00 00 06 13000513 0005 | 0x82 | a CONNACK came with the property 'server keep alive' twice
                    39 | 53                          | 0x81 | what answers there is no MQTT broker (first byte 0x53)
                    39 | d000                        | 0x81 | what answers there is no MQTT broker (first byte 0xd0)
                    39 | 1500                        | 0x81 | what answers there speaks TLS; write ssl:// in broker-url (first byte 0x15)
                    """)
    void firstPacket_thatIsDamaged_isToldInWords(String statement, String packet, int code, String words) {
        assertRefused(packet, 0, code, words);
    }

    @Statement("MQTT-3.2.0-1")
    @Test
    void packetBetweenAuthAndConnAck_isAProtocolError() {
        assertRefused("f006 18 04 15 0001 6d d000", 1, 0x82, "the broker sent PINGRESP before CONNACK");
    }

    /** The statement binds who sends it: a retained message like that would end each connection. */
    @Statement("MQTT-3.3.2-14")
    @ParameterizedTest
    @ValueSource(strings = {"", "+", "a/#"})
    void responseTopic_thatMustNotBeSent_isTaken(String topic) throws IOException {
        PacketDecoder packets =
                decoder("2003000000" + packet("31", string("a"), properties("08" + string(topic))), ProtocolVersion.V5);
        packets.read();
        assertThat(packets.read())
                .isInstanceOfSatisfying(
                        Packet.Publish.class,
                        message ->
                                assertThat(message.properties().responseTopic()).isEqualTo(topic));
    }

    @Test
    void largestPacket_withoutALimit_isWaitedFor() throws IOException {
        byte[] start = HexFormat.of().parseHex("2003000000" + "30ffffff7f");
        PacketDecoder packets =
                new PacketDecoder(new ByteArrayInputStream(start), ProtocolVersion.V5, Limits.MAX_PACKET, count -> {});
        packets.read();
        assertThatThrownBy(packets::read).isInstanceOf(EOFException.class);
    }

    @Test
    void auth_onMqtt311_isNoPacketOfABroker() {
        PacketDecoder packets = decoder("f006 18 04 15 0001 6d", ProtocolVersion.V3_1_1);
        assertThat(catchThrowableOfType(MalformedPacketException.class, packets::read))
                .hasMessage("what answers there is no MQTT broker (first byte 0xf0)");
    }

    private static void assertRefused(String bytes, int packetsBefore, int code, String words) {
        PacketDecoder packets = decoder(bytes, ProtocolVersion.V5);
        MalformedPacketException refusal = catchThrowableOfType(MalformedPacketException.class, () -> {
            for (int i = 0; i <= packetsBefore; i++) {
                packets.read();
            }
        });
        assertThat(refusal).isNotNull().hasMessage(words);
        assertThat(new MqttReason(refusal.reasonCode())).isEqualTo(new MqttReason(code));
    }

    private static PacketDecoder decoder(String bytes, ProtocolVersion version) {
        byte[] all = HexFormat.of().parseHex(bytes.replace(" ", ""));
        return new PacketDecoder(new ByteArrayInputStream(all), version, 1000, count -> {});
    }
}
