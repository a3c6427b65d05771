package io.github.cdimqtt.internal.packet;

import static io.github.cdimqtt.internal.packet.Packets.hex;
import static io.github.cdimqtt.internal.packet.Packets.string;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.net.BrokerAddress;
import io.github.cdimqtt.internal.transport.ConnectRequest;
import io.github.cdimqtt.testing.Canary;
import java.time.Duration;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class ConnectPacketTest {
    private static final BrokerAddress SERVER = BrokerAddress.parse("tcp://h:1");
    private static final ConnectRequest ANONYMOUS = new ConnectRequest(SERVER, "id", null, null);

    @Test
    void minimalPacket() {
        assertThat(packet(MqttConfig.builder(), ANONYMOUS))
                .isEqualTo("100e" + string("MQTT") + "04" + "02" + "003c" + string("id"));
    }

    @Test
    void allFields() {
        MqttConfig.Builder config = MqttConfig.builder()
                .clientId("id")
                .cleanSession(false)
                .keepalive(Duration.ofSeconds(65_535))
                .lastWill(will ->
                        will.topic("🏠").payload("gone").qos(Qos.EXACTLY_ONCE).retain(true));
        ConnectRequest request = new ConnectRequest(SERVER, "ﷰ", "me", "p\u0001🔑");
        assertThat(packet(config, request))
                .isEqualTo("1027" + string("MQTT") + "04" + "f4" + "ffff" + string("ﷰ") + string("🏠") + string("gone")
                        + string("me") + string("p\u0001🔑"));
    }

    @Test
    void lastWill_ofBytes_isSentUnchanged() {
        assertThat(packet(
                        MqttConfig.builder().lastWill(will -> will.topic("w").payload(new byte[] {0, -1})), ANONYMOUS))
                .endsWith(string("w") + "0002" + "00ff");
    }

    @Test
    void presence_isARetainedWill() {
        assertThat(packet(MqttConfig.builder().presenceTopic("p"), ANONYMOUS))
                .startsWith("101a" + string("MQTT") + "04" + "2e")
                .endsWith(string("p") + string("offline"));
    }

    @Test
    void passwordAlone_hasAnEmptyUserName() {
        assertThat(packet(MqttConfig.builder(), new ConnectRequest(SERVER, "id", null, Canary.WORD)))
                .contains(hex("MQTT") + "04" + "c2")
                .endsWith(hex("id") + "0000" + string(Canary.WORD));
    }

    @Test
    void version31() {
        assertThat(packet(MqttConfig.builder().protocolVersion("3.1"), ANONYMOUS))
                .startsWith("1010" + string("MQIsdp") + "03" + "02");
    }

    private static String packet(MqttConfig.Builder config, ConnectRequest request) {
        return HexFormat.of().formatHex(ConnectPacket.bytes(config.build(), request));
    }
}
