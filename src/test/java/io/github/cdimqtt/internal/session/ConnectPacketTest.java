package io.github.cdimqtt.internal.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.MqttProperties;
import io.github.cdimqtt.MqttReason;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.config.ConfiguredTopics;
import io.github.cdimqtt.internal.packet.ConnectProperties;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.internal.packet.ProtocolVersion;
import io.github.cdimqtt.internal.packet.Terms;
import io.github.cdimqtt.support.Statement;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The CONNECT of a session, from its settings. */
class ConnectPacketTest {

    private static Packet.Connect connect(MqttConfig.Builder config) {
        return packet(config.build()).with(null, null, null);
    }

    private static ConnectPacket packet(MqttConfig config) {
        return new ConnectPacket(config, "id", config::topicAliasMaximum);
    }

    /** Returns the properties of a connection as applications open it: all placeholders are filled in. */
    private static ConnectProperties filledIn(MqttConfig.Builder config) {
        return connect(ConfiguredTopics.fill(config.clientId("id").build(), "app").toBuilder())
                .properties();
    }

    @Test
    void emptyConfiguration_givesTheDefaults() {
        assertThat(connect(MqttConfig.builder()))
                .isEqualTo(new Packet.Connect(ProtocolVersion.of("3.1.1"), true, 60, "id", null, null, null));
    }

    @Test
    void settings_areSent() {
        MqttConfig.Builder config = MqttConfig.builder()
                .clientId("{host}")
                .cleanSession(false)
                .keepalive(Duration.ofSeconds(65_535))
                .protocolVersion("3.1");

        assertThat(connect(config))
                .isEqualTo(new Packet.Connect(ProtocolVersion.of("3.1"), false, 65_535, "id", null, null, null));
    }

    @Test
    void credentials_areSent_ratherThanThoseOfTheConfiguration() {
        MqttConfig config =
                MqttConfig.builder().username("other").password("other").build();

        Packet.Connect connect = packet(config).with("me", null, null);

        assertThat(connect.username()).isEqualTo("me");
        assertThat(connect.password()).isNull();
    }

    @Test
    void lastWill_ofBytes_isSentUnchanged() {
        MqttConfig.Builder config = MqttConfig.builder()
                .lastWill(will -> will.topic("w")
                        .payload(new byte[] {0, -1})
                        .qos(Qos.EXACTLY_ONCE)
                        .retain(true));

        assertThat(connect(config).will())
                .isEqualTo(new Packet.Will("w", ByteBuffer.wrap(new byte[] {0, -1}), Qos.EXACTLY_ONCE, true));
    }

    @Test
    void presence_isARetainedWill() {
        assertThat(connect(MqttConfig.builder().presenceTopic("p")).will())
                .isEqualTo(new Packet.Will("p", UTF_8.encode("offline"), Qos.AT_LEAST_ONCE, true));
    }

    private static MqttConfig.Builder mqtt5() {
        return MqttConfig.builder().protocolVersion("5");
    }

    @Statement("MQTT-3.1.2-24")
    @Test
    void mqtt5_asksForWhatIsSet() {
        MqttConfig.Builder config = mqtt5().sessionExpiry(Duration.ofMinutes(10))
                .receiveMaximum(7)
                .maxMessageSize(1024)
                .topicAliasMaximum(3)
                .replyTopic("answers")
                .userProperties(List.of(Map.entry("site", "north")));

        assertThat(filledIn(config))
                .isEqualTo(
                        new ConnectProperties(600, 7, 1024, 3, false, List.of(Map.entry("site", "north")), null, null));
    }

    @Statement("MQTT-4.12.0-7")
    @Test
    void mqtt5_withoutSettings_saysWhatTheDefaultsAre() {
        assertThat(filledIn(mqtt5())).isEqualTo(new ConnectProperties(0, 1000, 0, 16, true, List.of(), null, null));
    }

    @Statement("MQTT-3.1.2-28")
    @Test
    void responseInformation_isAskedFor_whereNoReplyTopicIsSet() {
        assertThat(filledIn(mqtt5()).responseInformation()).isTrue();
        assertThat(filledIn(mqtt5().replyTopic("answers")).responseInformation())
                .isFalse();
    }

    @Test
    void sessionThatDoesNotEnd_isAskedForAsSuch() {
        assertThat(connect(mqtt5().cleanSession(false).clientId("me"))
                        .properties()
                        .sessionExpiry())
                .isEqualTo(0xffff_ffffL);
    }

    @Test
    void mqtt311_asksForNothing() {
        assertThat(connect(MqttConfig.builder().cleanSession(false).clientId("me"))
                        .properties())
                .isEqualTo(ConnectProperties.NONE);
    }

    @Test
    void lastWill_ofMqtt5_hasItsPropertiesAndDelay() {
        Packet.Will will = connect(mqtt5().sessionExpiry(Duration.ofMinutes(10))
                        .lastWill(each -> each.topic("w")
                                .payload("gone")
                                .delay(Duration.ofSeconds(5))
                                .contentType("text/plain")))
                .will();

        assertThat(will.delay()).isEqualTo(5);
        assertThat(will.properties().contentType()).isEqualTo("text/plain");
        assertThat(will.properties().isText()).isTrue();
    }

    @Test
    void presence_ofMqtt5_hasTheDelayOfTheWill() {
        assertThat(connect(mqtt5().sessionExpiry(Duration.ofMinutes(10))
                                .presenceTopic("p")
                                .lastWill(will -> will.delay(Duration.ofSeconds(5))))
                        .will())
                .isEqualTo(
                        new Packet.Will("p", UTF_8.encode("offline"), Qos.AT_LEAST_ONCE, true, MqttProperties.NONE, 5));
    }

    @Test
    void authentication_isSent() {
        ByteBuffer data = ByteBuffer.wrap(new byte[] {1});
        Packet.Connect connect =
                packet(mqtt5().build()).with(null, null, new Packet.Auth(new MqttReason(0x18), "SCRAM", data));

        assertThat(connect.properties().authenticationMethod()).isEqualTo("SCRAM");
        assertThat(connect.properties().authenticationData()).isEqualTo(data);
    }

    @ParameterizedTest
    @CsvSource({
        "true, 0, true, true",
        "true, 600, true, false",
        "false, 600, false, false",
    })
    void cleanStart_isForTheFirstConnection_ofASessionThatIsKept(
            boolean cleanSession, int expiry, boolean first, boolean second) {
        ConnectPacket packet = packet(mqtt5().cleanSession(cleanSession)
                .clientId("me")
                .sessionExpiry(Duration.ofSeconds(expiry))
                .build());

        assertThat(packet.with(null, null, null).cleanSession()).isEqualTo(first);
        packet.accepted(Terms.OF_3_1_1);
        assertThat(packet.with(null, null, null).cleanSession()).isEqualTo(second);
    }
}
