package io.github.cdimqtt.internal.packet;

import static io.github.cdimqtt.internal.packet.Packets.hex;
import static io.github.cdimqtt.internal.packet.Packets.string;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.Qos;
import io.github.cdimqtt.support.Canary;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** The bytes of CONNECT on MQTT 3.1 and 3.1.1; those of the other packets are held by {@link PacketOracleTest}. */
class PacketEncoderTest {

    private static String bytes(Packet packet) {
        return HexFormat.of().formatHex(PacketEncoder.encode(packet));
    }

    @Test
    void connect_hasWhatIsSet() {
        assertThat(bytes(new Packet.Connect(ProtocolVersion.V3_1_1, true, 60, "id", null, null, null)))
                .isEqualTo("100e" + string("MQTT") + "04" + "02" + "003c" + string("id"));
    }

    @Test
    void connect_withAllFields_hasThemInOrder() {
        Packet.Will will = new Packet.Will("🏠", UTF_8.encode("gone"), Qos.EXACTLY_ONCE, true);
        assertThat(bytes(new Packet.Connect(ProtocolVersion.V3_1_1, false, 65_535, "ﷰ", will, "me", "p\u0001🔑")))
                .isEqualTo("1027" + string("MQTT") + "04" + "f4" + "ffff" + string("ﷰ") + string("🏠") + string("gone")
                        + string("me") + string("p\u0001🔑"));
    }

    @Test
    void connect_withAPasswordAlone_hasAnEmptyUserName() {
        assertThat(bytes(new Packet.Connect(ProtocolVersion.V3_1_1, true, 60, "id", null, null, Canary.WORD)))
                .contains(hex("MQTT") + "04" + "c2")
                .endsWith(hex("id") + "0000" + string(Canary.WORD));
    }

    @Test
    void connectOfMqtt31_hasItsNameAndLevel() {
        assertThat(bytes(new Packet.Connect(ProtocolVersion.V3_1, true, 60, "id", null, null, null)))
                .startsWith("1010" + string("MQIsdp") + "03" + "02");
    }
}
