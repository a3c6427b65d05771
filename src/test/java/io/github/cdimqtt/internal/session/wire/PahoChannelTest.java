package io.github.cdimqtt.internal.session.wire;

import static io.github.cdimqtt.internal.session.wire.Fixture.CLEAN;
import static io.github.cdimqtt.internal.session.wire.Fixture.outbound;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.internal.packet.Packets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What holds for the channel over Paho alone. */
@Timeout(30)
class PahoChannelTest {

    @Test
    void packetThatCannotBeEncoded_isRefused_andDelaysNoOther() {
        try (Fixture fixture = new Fixture(Wire.PAHO_3_1_1, CLEAN);
                Peer peer = fixture.connect(false)) {
            Packet tooLong = outbound("x".repeat(70_000), new byte[1], Qos.AT_MOST_ONCE, false);
            assertThatThrownBy(() -> fixture.connection.channel().send(tooLong)).isInstanceOf(RuntimeException.class);

            fixture.connection.channel().send(new Packet.PingReq());

            peer.expect(Packets.PINGREQ);
        }
    }
}
