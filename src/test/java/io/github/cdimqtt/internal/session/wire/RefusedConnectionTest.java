package io.github.cdimqtt.internal.session.wire;

import static io.github.cdimqtt.internal.packet.Packets.CONNECT;
import static io.github.cdimqtt.internal.packet.Packets.connack;
import static io.github.cdimqtt.internal.session.wire.Fixture.CLEAN;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Return codes of MQTT 3.1.1 in CONNACK. */
@ParameterizedClass
@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = Wire.MQTT_5)
class RefusedConnectionTest {
    @Parameter
    Wire wire;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    1   | the broker does not support MQTT 3.1.1
                    2   | the broker refused the client identifier
                    3   | the broker is not available
                    4   | wrong user name or password
                    5   | not authorised to connect; check user name and password
                    6   | the broker refused the connection
                    127 | the broker refused the connection
                    """)
    void refusal_isExplained(int code, String message) {
        try (Fixture fixture = new Fixture(wire, CLEAN)) {
            fixture.open();
            try (Peer peer = fixture.broker.accept()) {
                peer.expect(CONNECT);
                peer.send(connack(code));
                assertThat(fixture.recorder.lost())
                        .isEqualTo(fixture.broker.uri() + ": " + message + " (CONNACK return code " + code + ")");
                peer.expectEnd();
            }
        }
    }
}
