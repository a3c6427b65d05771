package io.github.cdimqtt.internal.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.internal.packet.ProtocolVersion;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The CONNECT of a session, from its settings. */
class ConnectPacketTest {

    private static Packet.Connect connect(MqttConfig.Builder config) {
        return new ConnectPacket(config.build(), "id").with(null, null);
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

        Packet.Connect connect = new ConnectPacket(config, "id").with("me", null);

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
}
