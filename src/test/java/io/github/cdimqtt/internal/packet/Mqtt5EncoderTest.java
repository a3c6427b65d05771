package io.github.cdimqtt.internal.packet;

import static io.github.cdimqtt.internal.packet.Mqtt5Packets.packet;
import static io.github.cdimqtt.internal.packet.Mqtt5Packets.properties;
import static io.github.cdimqtt.internal.packet.Mqtt5Packets.user;
import static io.github.cdimqtt.internal.packet.Packets.string;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cdimqtt.MqttProperties;
import io.github.cdimqtt.MqttReason;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.support.Statement;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes to a broker of MQTT 5, byte by byte. */
class Mqtt5EncoderTest {
    private static final String NAME = "0004" + "4d515454" + "05";
    private static final ByteBuffer EMPTY = ByteBuffer.allocate(0);

    /** No properties, name and version, reserved flag, no will, client id first. */
    @Statement({"MQTT-2.2.2-1", "MQTT-3.1.2-1", "MQTT-3.1.2-2", "MQTT-3.1.2-3", "MQTT-3.1.2-11", "MQTT-3.1.2-13"})
    @Statement({"MQTT-3.1.3-2", "MQTT-3.1.3-3", "MQTT-3.1.3-4"})
    @Test
    void connect_withDefaults_hasNoPropertiesAndNoWill() {
        assertThat(encode(connect(null, null, null, ConnectProperties.NONE)))
                .isEqualTo("100f" + NAME + "02" + "003c" + "00" + string("id"));
    }

    /** All that the will flag asks for, in order. */
    @Statement({"MQTT-3.1.2-9", "MQTT-3.1.2-12", "MQTT-3.1.2-29", "MQTT-3.1.3-1"})
    @Test
    void connect_withEverything_isInTheOrderOfTheSpecification() {
        Packet.Will will = new Packet.Will(
                "w",
                ByteBuffer.wrap(new byte[] {0, -1}),
                Qos.EXACTLY_ONCE,
                true,
                MqttProperties.builder().text(true).contentType("c").build(),
                7);
        ConnectProperties properties = new ConnectProperties(
                0xffff_ffffL, 20, 1_000, 16, true, List.of(Map.entry("n", "v")), "m", ByteBuffer.wrap(new byte[] {9}));
        assertThat(encode(connect(will, "u", "p", properties)))
                .isEqualTo(packet(
                        "10",
                        NAME + "f6" + "003c",
                        properties(
                                "11ffffffff 210014 27000003e8 220010 1901" + user("n", "v"),
                                "15" + string("m") + "16000109"),
                        string("id"),
                        properties("1800000007 0101 03" + string("c")),
                        string("w") + "000200ff",
                        string("u") + string("p")));
    }

    /** The length of the properties of a will is there without any. */
    @Statement("MQTT-3.1.2-9")
    @Test
    void connect_withAPlainWill_hasNoPropertiesOfIt() {
        assertThat(encode(connect(
                        new Packet.Will("w", EMPTY, Qos.AT_LEAST_ONCE, false), null, null, ConnectProperties.NONE)))
                .isEqualTo("1015" + NAME + "0e" + "003c" + "00" + string("id") + "00" + string("w") + "0000");
    }

    /** A password alone has no user name. */
    @Statement({"MQTT-3.1.2-16", "MQTT-3.1.2-17", "MQTT-3.1.2-18", "MQTT-3.1.2-19"})
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {"-, -, 02, ''", "u, -, 82, 000175", "-, p, 42, 000170", "u, p, c2, 000175000170"})
    void connect_hasUserNameAndPassword_exactlyIfFlagged(String username, String password, String flags, String end) {
        String packet = encode(connect(null, username, password, ConnectProperties.NONE));
        assertThat(packet.substring(4)).isEqualTo(NAME + flags + "003c" + "00" + string("id") + end);
    }

    /** The topic is first; no packet identifier, no DUP at QoS 0. */
    @Statement({"MQTT-2.2.1-2", "MQTT-2.2.2-1", "MQTT-3.3.1-2", "MQTT-3.3.2-1", "MQTT-4.3.1-1"})
    @Test
    void publish_ofQos0_hasNoIdentifier() {
        assertThat(encode(new Packet.Publish("a", EMPTY, Qos.AT_MOST_ONCE, true, false, 0)))
                .isEqualTo("3104" + string("a") + "00");
    }

    @Test
    void publish_ofQos1_hasAnIdentifierBeforeTheProperties() {
        assertThat(encode(new Packet.Publish("a", ByteBuffer.allocate(2), Qos.AT_LEAST_ONCE, false, true, 0xfffe)))
                .isEqualTo("3a08" + string("a") + "fffe" + "00");
    }

    /** User properties in order, with repeated names. */
    @Statement({"MQTT-3.3.2-4", "MQTT-3.3.2-15", "MQTT-3.3.2-16", "MQTT-3.3.2-17", "MQTT-3.3.2-18", "MQTT-3.3.2-20"})
    @Test
    void publish_withEveryProperty_hasAllOfThem() {
        MqttProperties properties = MqttProperties.builder()
                .text(true)
                .expiry(Duration.ofSeconds(0xffff_ffffL))
                .contentType("c")
                .responseTopic("r")
                .correlationData(new byte[] {1, 2})
                .user("k", "2")
                .user("k", "1")
                .build();
        assertThat(encode(new Packet.Publish("", EMPTY, Qos.AT_MOST_ONCE, false, false, 0, properties, 3, List.of())))
                .isEqualTo(packet(
                        "30",
                        "0000",
                        properties(
                                "230003 0101 02ffffffff",
                                "03" + string("c") + "08" + string("r") + "0900020102",
                                user("k", "2") + user("k", "1"))));
    }

    /** U+FEFF is written as it is. */
    @Statement("MQTT-1.5.4-3")
    @Test
    void text_thatBeginsWithAByteOrderMark_keepsIt() {
        assertThat(encode(new Packet.Publish("\ufeffa", EMPTY, Qos.AT_MOST_ONCE, false, false, 0)))
                .isEqualTo("3007" + "0004" + "efbbbf61" + "00");
    }

    /** Lengths of a packet and of its properties where a further byte begins. */
    @Statement("MQTT-1.5.5-1")
    @ParameterizedTest
    @CsvSource({"120, 30 7f 000161 7b", "121, 30 8001 000161 7c", "124, 30 8301 000161 7f", "125, 30 8501 000161 8001"})
    void lengths_haveTheFewestBytes(int length, String begin) {
        MqttProperties properties =
                MqttProperties.builder().contentType("x".repeat(length)).build();
        assertThat(encode(new Packet.Publish("a", EMPTY, Qos.AT_MOST_ONCE, false, false, 0, properties, 0, List.of())))
                .startsWith(begin.replace(" ", "") + "03");
    }

    /** Flags, the identifier repeated; the shortest form of a success. */
    @Statement({"MQTT-2.1.3-1", "MQTT-2.2.1-5", "MQTT-2.2.2-1", "MQTT-3.6.1-1"})
    @Test
    void acknowledgements_ofSuccess_endBehindTheIdentifier() {
        assertThat(encode(new Packet.PubAck(7))).isEqualTo("40020007");
        assertThat(encode(new Packet.PubRec(7))).isEqualTo("50020007");
        assertThat(encode(new Packet.PubRel(7))).isEqualTo("62020007");
        assertThat(encode(new Packet.PubComp(7))).isEqualTo("70020007");
    }

    @Test
    void acknowledgements_ofAFailure_endBehindTheCode_unlessThereAreProperties() {
        assertThat(encode(new Packet.PubRel(7, new MqttReason(0x92)))).isEqualTo("6203000792");
        assertThat(encode(new Packet.PubComp(7, new MqttReason(0x92)))).isEqualTo("7003000792");
        assertThat(encode(new Packet.PubAck(7, new MqttReason(0, "t", null, List.of()))))
                .isEqualTo("40080007" + "00" + "04" + "1f" + string("t"));
    }

    /** Flags 0010, no properties, reserved bits 0. */
    @Statement({"MQTT-2.1.3-1", "MQTT-2.2.2-1", "MQTT-3.8.1-1", "MQTT-3.8.3-5"})
    @Test
    void subscribe_hasItsOptions_andItsIdentifier() {
        assertThat(encode(new Packet.Subscribe(
                        1,
                        List.of(
                                new Packet.Subscription("a", Qos.AT_MOST_ONCE),
                                new Packet.Subscription("b", Qos.EXACTLY_ONCE)))))
                .isEqualTo("820b" + "0001" + "00" + string("a") + "00" + string("b") + "02");
        assertThat(encode(new Packet.Subscribe(
                        1, List.of(new Packet.Subscription("a", Qos.AT_LEAST_ONCE, true, true, 2)), 268_435_455)))
                .isEqualTo("820c" + "0001" + "05" + "0bffffff7f" + string("a") + "2d");
    }

    /** No option reaches the reserved bits. */
    @ParameterizedTest
    @ValueSource(ints = {-1, 3, 4})
    void subscription_ofAnotherRetainHandling_isAnError(int handling) {
        assertThatThrownBy(() -> new Packet.Subscription("a", Qos.AT_MOST_ONCE, false, false, handling))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("retain handling is 0, 1 or 2, not " + handling);
    }

    @Statement({"MQTT-2.1.3-1", "MQTT-2.2.2-1", "MQTT-3.10.1-1"})
    @Test
    void unsubscribe_hasNoProperties() {
        assertThat(encode(new Packet.Unsubscribe(2, List.of("a", "b"))))
                .isEqualTo("a209" + "0002" + "00" + string("a") + string("b"));
    }

    @Statement({"MQTT-2.1.3-1", "MQTT-2.2.2-1", "MQTT-3.14.1-1"})
    @Test
    void pingAndDisconnect_haveFlagsOf0() {
        assertThat(encode(new Packet.PingReq())).isEqualTo("c000");
        assertThat(encode(new Packet.Disconnect())).isEqualTo("e000");
        assertThat(encode(new Packet.Disconnect(new MqttReason(0x82), -1))).isEqualTo("e00182");
        assertThat(encode(new Packet.Disconnect(MqttReason.SUCCESS, 0))).isEqualTo("e007" + "00" + "05" + "1100000000");
    }

    @Statement({"MQTT-2.1.3-1", "MQTT-3.15.1-1"})
    @Test
    void auth_hasFlagsOf0_methodAndData() {
        assertThat(encode(new Packet.Auth(new MqttReason(0x18), "m", ByteBuffer.wrap(new byte[] {5}))))
                .isEqualTo("f00a" + "18" + "08" + "15" + string("m") + "16" + "0001" + "05");
        assertThat(encode(new Packet.Auth(new MqttReason(0x19), "m", null)))
                .isEqualTo("f006" + "19" + "04" + "15" + string("m"));
    }

    /** 0 stands for no alias; another number that the field can't hold is not sent. */
    @ParameterizedTest
    @ValueSource(ints = {-1, 65_536})
    void publish_withAnAliasOutOfRange_isAnError(int alias) {
        Packet packet = new Packet.Publish(
                "a", EMPTY, Qos.AT_MOST_ONCE, false, false, 0, MqttProperties.NONE, alias, List.of());
        assertThatThrownBy(() -> encode(packet)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void packets_thatOnlyBrokersSend_areAnError() {
        assertThatThrownBy(() -> encode(new Packet.ConnAck(false, 0))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> encode(new Packet.PingResp())).isInstanceOf(IllegalArgumentException.class);
        Packet auth = new Packet.Auth(new MqttReason(0x18), "m", null);
        assertThatThrownBy(() -> PacketEncoder.encode(auth, ProtocolVersion.V3_1_1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void mqtt311_getsNothingOfMqtt5() {
        MqttProperties properties = MqttProperties.builder().contentType("c").build();
        Packet.Publish publish =
                new Packet.Publish("a", EMPTY, Qos.AT_MOST_ONCE, false, false, 0, properties, 0, List.of());
        Packet.Subscription subscription = new Packet.Subscription("a", Qos.AT_LEAST_ONCE, true, true, 2);
        assertThat(encode311(publish)).isEqualTo("3003" + string("a"));
        assertThat(encode311(new Packet.PubAck(7, new MqttReason(0x87)))).isEqualTo("40020007");
        assertThat(encode311(new Packet.Subscribe(1, List.of(subscription), 5)))
                .isEqualTo("8206" + "0001" + string("a") + "01");
        assertThat(encode311(new Packet.Disconnect(new MqttReason(0x82), 0))).isEqualTo("e000");
    }

    private static Packet.Connect connect(
            Packet.Will will, String username, String password, ConnectProperties properties) {
        return new Packet.Connect(ProtocolVersion.V5, true, 60, "id", will, username, password, properties);
    }

    private static String encode(Packet packet) {
        return HexFormat.of().formatHex(PacketEncoder.encode(packet, ProtocolVersion.V5));
    }

    private static String encode311(Packet packet) {
        return HexFormat.of().formatHex(PacketEncoder.encode(packet));
    }
}
