package io.github.cdimqtt.internal.packet;

import static io.github.cdimqtt.internal.packet.Mqtt5Packets.packet;
import static io.github.cdimqtt.internal.packet.Mqtt5Packets.properties;
import static io.github.cdimqtt.internal.packet.Mqtt5Packets.user;
import static io.github.cdimqtt.internal.packet.Packets.string;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.MqttProperties;
import io.github.cdimqtt.MqttReason;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.support.Statement;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes from a broker of MQTT 5 as it must be. */
class Mqtt5DecoderTest {

    @Test
    void connAck_withoutProperties_hasTheDefaultsOfTheSpecification() throws IOException {
        Packet.ConnAck ack = (Packet.ConnAck) read("2003" + "01" + "00" + "00");
        assertThat(ack.sessionPresent()).isTrue();
        assertThat(ack.returnCode()).isZero();
        assertThat(ack.reason()).isEqualTo(MqttReason.SUCCESS);
        assertThat(ack.terms())
                .isEqualTo(new BrokerTerms().maximumPacketSize(268_435_460).terms());
    }

    @Test
    void connAck_withEveryProperty_saysAllOfThem() throws IOException {
        Packet.ConnAck ack = (Packet.ConnAck) read(packet(
                "20",
                "0000",
                properties(
                        "1100000e10 210014 2401 2500 2700001000",
                        "12" + string("id") + "22000a" + "1f" + string("t"),
                        user("k", "v") + "2800 2900 2a00 130005",
                        "1a" + string("i") + "1c" + string("s") + "15" + string("m") + "16000105")));
        assertThat(ack.reason()).isEqualTo(new MqttReason(0, "t", "s", List.of(Map.entry("k", "v"))));
        assertThat(ack.terms())
                .isEqualTo(new Terms(
                        3600,
                        20,
                        Qos.AT_LEAST_ONCE,
                        false,
                        4096,
                        "id",
                        10,
                        5,
                        false,
                        false,
                        false,
                        "i",
                        "m",
                        bytes(5)));
    }

    /** A refusal of any number is told. */
    @Statement({"MQTT-3.2.2-6", "MQTT-3.2.2-7"})
    @ParameterizedTest
    @ValueSource(ints = {0x80, 0x84, 0x87, 0x9d, 0xa3, 0xff})
    void connAck_thatRefuses_saysItsCode(int code) throws IOException {
        Packet.ConnAck ack = (Packet.ConnAck) read("2003" + "00" + "%02x".formatted(code) + "00");
        assertThat(ack.returnCode()).isEqualTo(code);
        assertThat(ack.reason()).isEqualTo(new MqttReason(code));
    }

    /** A broker that does not have MQTT 5 refuses it in its own way; the counterparts are those of section 1.2. */
    @ParameterizedTest
    @CsvSource({"01, 0x84", "02, 0x85", "03, 0x88", "04, 0x86", "05, 0x87", "84, 0x84"})
    void connAck_ofMqtt311_thatRefuses_isToldAsItsCounterpart(String returnCode, int code) throws IOException {
        Packet.ConnAck ack = (Packet.ConnAck) read("2002" + "00" + returnCode);
        assertThat(ack.returnCode()).isEqualTo(Integer.parseInt(returnCode, 16));
        assertThat(ack.reason()).isEqualTo(new MqttReason(code));
    }

    /** What the publisher sent, in order. */
    @Statement({"MQTT-3.3.2-4", "MQTT-3.3.2-15", "MQTT-3.3.2-16", "MQTT-3.3.2-17", "MQTT-3.3.2-18", "MQTT-3.3.2-20"})
    @Test
    void publish_withEveryProperty_hasAllOfThem() throws IOException {
        MqttProperties properties = MqttProperties.builder()
                .text(true)
                .expiry(Duration.ofHours(1))
                .contentType("c")
                .responseTopic("r")
                .correlationData(new byte[] {0, -1})
                .user("k", "2")
                .user("k", "1")
                .build();
        assertThat(read(packet(
                        "35",
                        string("a/b") + "0102",
                        properties(
                                "0101 0200000e10 03" + string("c") + "08" + string("r") + "09000200ff",
                                "0b07 0bc801 230003",
                                user("k", "2") + user("k", "1")),
                        "ff")))
                .isEqualTo(new Packet.Publish(
                        "a/b", bytes(0xff), Qos.EXACTLY_ONCE, true, false, 0x0102, properties, 3, List.of(7, 200)));
    }

    @Test
    void publish_withoutProperties_hasNone() throws IOException {
        Packet.Publish publish = (Packet.Publish) read("3a08" + string("a") + "0007" + "00" + "0102");
        assertThat(publish).isEqualTo(new Packet.Publish("a", bytes(1, 2), Qos.AT_LEAST_ONCE, false, true, 7));
        assertThat(publish.properties()).isSameAs(MqttProperties.NONE);
    }

    @Test
    void publish_withAnAliasAlone_hasAnEmptyTopic() throws IOException {
        Packet.Publish publish = (Packet.Publish) read("3006" + "0000" + "03" + "23ffff");
        assertThat(publish.topic()).isEmpty();
        assertThat(publish.topicAlias()).isEqualTo(65_535);
        assertThat(publish.properties()).isSameAs(MqttProperties.NONE);
    }

    /** Any characters but U+0000, and a byte order mark stays. */
    @Statement({"MQTT-1.5.4-3", "MQTT-3.3.2-1"})
    @ParameterizedTest
    @ValueSource(strings = {"a", "/", "haus/\ud83c\udfe0/temp", "\ufdd0\uffff", "a\u0001b", "\ufeffbom"})
    void texts_ofAnyCharacters_areRead(String text) throws IOException {
        String properties = "03" + string(text) + user(text, text);
        Packet.Publish publish = (Packet.Publish) read(packet("30", string(text), properties(properties)));
        assertThat(publish.topic()).isEqualTo(text);
        assertThat(publish.properties().contentType()).isEqualTo(text);
        assertThat(publish.properties().user()).containsExactly(Map.entry(text, text));
    }

    @Statement("MQTT-1.5.5-1")
    @ParameterizedTest
    @CsvSource({
        "1, 01",
        "127, 7f",
        "128, 8001",
        "16383, ff7f",
        "16384, 808001",
        "2097151, ffff7f",
        "2097152, 80808001",
        "268435455, ffffff7f"
    })
    void identifiers_ofEachLength_areRead(int identifier, String bytes) throws IOException {
        Packet.Publish publish = (Packet.Publish) read(packet("30", string("a"), properties("0b" + bytes)));
        assertThat(publish.subscriptionIdentifiers()).containsExactly(identifier);
    }

    /** Any code is told; what is missing is code 0 without properties. */
    @Statement({"MQTT-2.2.1-5", "MQTT-3.4.2-1", "MQTT-3.5.2-1", "MQTT-3.6.2-1", "MQTT-3.7.2-1"})
    @ParameterizedTest
    @CsvSource({
        "0007, 0",
        "0007 00, 0",
        "0007 10, 16",
        "0007 10 00, 16",
        "0007 87, 0x87",
        "0007 42, 0x42",
        "0007 ff 00, 0xff"
    })
    void acknowledgements_sayTheirReason(String content, int code) throws IOException {
        MqttReason reason = new MqttReason(code);
        assertThat(read(packet("40", content))).isEqualTo(new Packet.PubAck(7, reason));
        assertThat(read(packet("50", content))).isEqualTo(new Packet.PubRec(7, reason));
        assertThat(read(packet("62", content))).isEqualTo(new Packet.PubRel(7, reason));
        assertThat(read(packet("70", content))).isEqualTo(new Packet.PubComp(7, reason));
    }

    @Statement("MQTT-3.1.2-29")
    @Test
    void acknowledgement_withProperties_saysThem() throws IOException {
        String properties = "1f" + string("full") + user("k", "v");
        assertThat(read(packet("40", "0007", "97", properties(properties))))
                .isEqualTo(new Packet.PubAck(7, new MqttReason(0x97, "full", null, List.of(Map.entry("k", "v")))));
    }

    @Statement({"MQTT-3.8.4-6", "MQTT-3.9.3-1", "MQTT-3.11.3-1", "MQTT-3.11.3-2"})
    @Test
    void subAckAndUnsubAck_haveCodesInOrder_andARemark() throws IOException {
        String properties = properties("1f" + string("t"));
        MqttReason remark = new MqttReason(0, "t", null, List.of());
        assertThat(read(packet("90", "0001", properties, "00 01 02 80 ff")))
                .isEqualTo(new Packet.SubAck(1, List.of(0, 1, 2, 0x80, 0xff), remark));
        assertThat(read(packet("b0", "0001", "00", "00 11 91")))
                .isEqualTo(new Packet.UnsubAck(1, List.of(0, 0x11, 0x91), MqttReason.SUCCESS));
    }

    @Test
    void disconnect_ofEachLength_saysWhy() throws IOException {
        assertThat(read("e000")).isEqualTo(new Packet.Disconnect());
        assertThat(read("e0018e")).isEqualTo(new Packet.Disconnect(new MqttReason(0x8e), -1));
        assertThat(read("e002a3" + "00")).isEqualTo(new Packet.Disconnect(new MqttReason(0xa3), -1));
        assertThat(read(packet("e0", "9d", properties("1c" + string("h:1")))))
                .isEqualTo(new Packet.Disconnect(new MqttReason(0x9d, null, "h:1", List.of()), -1));
    }

    @Test
    void auth_mayComeBeforeConnAck() throws IOException {
        byte[] bytes = HexFormat.of()
                .parseHex("f00a" + "18" + "08" + "15" + string("m") + "16" + "0001" + "05" + "2003000000");
        PacketDecoder packets = decoder(bytes);
        assertThat(packets.read()).isEqualTo(new Packet.Auth(new MqttReason(0x18), "m", bytes(5)));
        assertThat(packets.read()).isInstanceOf(Packet.ConnAck.class);
    }

    @Test
    void auth_ofSuccess_isRead() throws IOException {
        assertThat(read("f006" + "00" + "04" + "15" + string("m")))
                .isEqualTo(new Packet.Auth(MqttReason.SUCCESS, "m", null));
        assertThat(read("f000")).isEqualTo(new Packet.Auth(MqttReason.SUCCESS, null, null));
    }

    @Test
    void pingResp_isRead() throws IOException {
        assertThat(read("d000")).isEqualTo(new Packet.PingResp());
    }

    private static ByteBuffer bytes(int... values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length);
        for (int value : values) {
            bytes.put((byte) value);
        }
        return bytes.flip();
    }

    /** Reads a packet behind a CONNACK, or that CONNACK. */
    private static Packet read(String packet) throws IOException {
        PacketDecoder packets =
                decoder(HexFormat.of().parseHex((packet.startsWith("20") ? "" : "2003000000") + packet));
        Packet first = packets.read();
        return packet.startsWith("20") ? first : packets.read();
    }

    private static PacketDecoder decoder(byte[] bytes) {
        return new PacketDecoder(new ByteArrayInputStream(bytes), ProtocolVersion.V5, 1000, count -> {});
    }
}
