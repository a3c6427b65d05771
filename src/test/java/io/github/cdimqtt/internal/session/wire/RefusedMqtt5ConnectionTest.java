package io.github.cdimqtt.internal.session.wire;

import static io.github.cdimqtt.internal.packet.Mqtt5Packets.connack;
import static io.github.cdimqtt.internal.packet.Mqtt5Packets.reason;
import static io.github.cdimqtt.internal.packet.Packets.CONNECT;
import static io.github.cdimqtt.internal.session.wire.Fixture.CLEAN;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.internal.session.WireEvent.Lost;
import io.github.cdimqtt.support.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reason codes of MQTT 5 in CONNACK (MQTT 5.0, section 3.2.2.2). */
class RefusedMqtt5ConnectionTest {

    @Statement({"MQTT-3.1.3-8", "MQTT-3.2.2-6", "MQTT-3.2.2-7", "MQTT-3.2.2-12", "MQTT-3.2.2-13", "MQTT-4.12.0-1"})
    @Statement({"MQTT-4.12.0-4", "MQTT-4.13.2-1"})
    @ParameterizedTest
    @ValueSource(
            ints = {
                0x80, 0x81, 0x82, 0x83, 0x84, 0x85, 0x86, 0x87, 0x88, 0x89, 0x8a, 0x8c, 0x90, 0x95, 0x97, 0x99, 0x9a,
                0x9b, 0x9c, 0x9d, 0x9f
            })
    void refusal_isExplained_andTheConnectionIsClosed(int code) {
        try (Fixture fixture = new Fixture(Wire.DIRECT_5, CLEAN)) {
            fixture.open();
            try (Peer peer = fixture.broker.accept()) {
                peer.expect(CONNECT);
                peer.send(connack(code));
                MqttException cause = fixture.recorder.next(Lost.class).cause();
                assertThat(cause.reason().code()).isEqualTo(code);
                assertThat(cause)
                        .hasMessageStartingWith(fixture.broker.uri() + ": ")
                        .hasMessageEndingWith("(" + cause.reason() + ")");
                peer.expectEnd();
            }
        }
    }

    @Test
    void reasonStringOfTheBroker_isTold() {
        try (Fixture fixture = new Fixture(Wire.DIRECT_5, CLEAN)) {
            fixture.open();
            try (Peer peer = fixture.broker.accept()) {
                peer.expect(CONNECT);
                peer.send(connack(0x97, reason("two of two connections are in use")));
                assertThat(fixture.recorder.lost())
                        .isEqualTo(fixture.broker.uri() + ": the broker refused the connection"
                                + " (0x97 quota exceeded: two of two connections are in use)");
            }
        }
    }
}
