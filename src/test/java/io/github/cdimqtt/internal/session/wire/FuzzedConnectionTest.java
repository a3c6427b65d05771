package io.github.cdimqtt.internal.session.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.internal.packet.Packets;
import io.github.cdimqtt.internal.packet.RandomPackets;
import io.github.cdimqtt.internal.session.WireEvent.Lost;
import io.github.cdimqtt.support.Seeded;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Any bytes from a broker are received, or end the connection with a reason: no thread dies or hangs. */
@ParameterizedClass
@EnumSource
class FuzzedConnectionTest {
    private static final int CONNECTIONS = 150;
    private static final int MAX_SIZE = 100_000;

    @Parameter
    Wire wire;

    @Test
    @Timeout(60)
    void anyBytes_areReceivedOrEndTheConnectionWithAReason() {
        Seeded.run("FuzzedConnectionTest, " + wire, random -> {
            MqttConfig config = MqttConfig.builder()
                    .clientId("c")
                    .cleanSession(false)
                    .maxMessageSize(MAX_SIZE)
                    .build();
            try (Fixture fixture = new Fixture(wire, config)) {
                for (int i = 0; i < CONNECTIONS; i++) {
                    boolean accepted = random.nextInt(8) > 0;
                    fixture.open();
                    try (Peer peer = fixture.broker.accept()) {
                        peer.expect(Packets.CONNECT);
                        if (accepted) {
                            peer.send(wire.connack(random.nextBoolean()));
                        }
                        try {
                            peer.send(RandomPackets.stream(random, 1 + random.nextInt(20), wire.noProperties()));
                        } catch (UncheckedIOException hungUp) {
                            // The client has closed the connection.
                        }
                    }
                    assertThat(fixture.recorder.find(Lost.class).cause())
                            .hasMessageContaining(fixture.broker.uri())
                            .hasMessageNotContainingAny("Exception", "Paho", "null");
                }
            }
        });
    }
}
