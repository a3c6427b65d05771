package io.github.cdimqtt.internal.session.wire;

import static io.github.cdimqtt.internal.packet.Packets.CONNECT;
import static io.github.cdimqtt.internal.packet.Packets.hex;
import static io.github.cdimqtt.internal.session.wire.Fixture.CLEAN;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.internal.session.WireEvent.Connected;
import io.github.cdimqtt.internal.session.WireEvent.Lost;
import io.github.cdimqtt.support.Statement;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Failed attempts: the reason is explained, and no thread is left. */
@ParameterizedClass
@EnumSource
class ConnectingTest {
    private static final String HINT = " (no mqtt.broker-url is set, so tcp://localhost was tried)";
    private static final String HUNG_UP =
            " hung up before CONNACK: perhaps this port is for TLS (ssl://), or for WebSocket"
                    + " (ws://), or the broker does not allow this client";

    @Parameter
    Wire wire;

    /** A house, a full-width colon, and what turns the line around. */
    @Statement({"MQTT-3.1.0-1", "MQTT-3.1.3-4"})
    @Test
    void clientId_ofAnyCharacters_isSentUnchanged() {
        String clientId = "a\ud83c\udfe0\uff1a\u202e";
        MqttConfig config = MqttConfig.builder().clientId(clientId).build();
        try (Fixture fixture = new Fixture(wire, config)) {
            fixture.open(fixture.broker.uri(), "\ud83d\udd11", "p");
            try (Peer peer = fixture.broker.accept()) {
                assertThat(peer.expect(CONNECT)).contains(hex(clientId));
                peer.send(wire.connack(false));
                fixture.recorder.expect(new Connected(false));
            }
        }
    }

    @Test
    void connectionRefused_isExplained() {
        try (Fixture fixture = new Fixture(wire, CLEAN)) {
            fixture.broker.close();
            fixture.open();
            Lost lost = fixture.recorder.next(Lost.class);
            assertThat(lost.cause())
                    .hasMessage("connection refused by " + fixture.broker.uri() + ": nothing listens there" + HINT)
                    .hasCauseInstanceOf(ConnectException.class);
        }
    }

    @Test
    void brokerUrlThatIsSet_givesNoHintThatItIsMissing() {
        try (Fixture fixture =
                new Fixture(wire, MqttConfig.builder().brokerUrl("localhost").build())) {
            fixture.broker.close();
            fixture.open();
            assertThat(fixture.recorder.lost()).endsWith(": nothing listens there");
        }
    }

    @Test
    void unknownHost_isExplained() {
        try (Fixture fixture = new Fixture(wire, CLEAN)) {
            fixture.open("tcp://no_such_host.invalid:1883");
            assertThat(fixture.recorder.next(Lost.class).cause())
                    .hasMessage("unknown host no_such_host.invalid in tcp://no_such_host.invalid:1883" + HINT)
                    .hasCauseInstanceOf(UnknownHostException.class);
        }
    }

    private String hungUp() {
        return HUNG_UP + (wire.isMqtt5() ? "; or the broker does not speak MQTT 5: set protocol-version=3.1.1" : "");
    }

    @Statement("MQTT-3.1.4-2")
    @Test
    void hangUpBeforeConnack_isExplained() {
        try (Fixture fixture = new Fixture(wire, CLEAN)) {
            fixture.open();
            try (Peer peer = fixture.broker.accept()) {
                peer.expect(CONNECT);
                peer.hangUp();
                assertThat(fixture.recorder.lost()).isEqualTo(fixture.broker.uri() + hungUp());
            }
        }
    }

    @Test
    void resetBeforeConnack_isExplainedAlike() {
        try (Fixture fixture = new Fixture(wire, CLEAN)) {
            fixture.open();
            try (Peer peer = fixture.broker.accept()) {
                peer.expect(CONNECT);
                peer.reset();
                assertThat(fixture.recorder.lost()).isEqualTo(fixture.broker.uri() + hungUp());
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    ws   | hung up within the WebSocket handshake: perhaps this port is for MQTT without WebSocket (tcp://), or for TLS (wss://)
                    ssl  | hung up within the TLS handshake: perhaps this port is not for TLS (tcp://), or the broker does not know this host name
                    wss  | hung up within the TLS handshake: perhaps this port is not for TLS (ws://), or the broker does not know this host name
                    """)
    void hangUpWithinAHandshake_isExplainedLikeAReset(String scheme, String message) {
        try (Fixture fixture = new Fixture(wire, CLEAN)) {
            String uri = fixture.broker.uri().replace("tcp", scheme);
            fixture.open(uri);
            try (Peer peer = fixture.broker.accept()) {
                peer.hangUp();
                assertThat(fixture.recorder.lost()).isEqualTo(uri + " " + message);
            }
            fixture.open(uri);
            try (Peer peer = fixture.broker.accept()) {
                peer.reset();
                assertThat(fixture.recorder.lost()).isEqualTo(uri + " " + message);
            }
        }
    }

    @Statement("MQTT-3.2.0-1")
    @Test
    void otherProtocol_isExplained() {
        try (Fixture fixture = new Fixture(wire, CLEAN)) {
            fixture.open();
            try (Peer peer = fixture.broker.accept()) {
                peer.expect(CONNECT);
                peer.send(hex("HTTP/1.1 400 Bad Request\r\n".repeat(10)));
                assertThat(fixture.recorder.lost())
                        .isEqualTo(fixture.broker.uri()
                                + ": what answers there speaks HTTP; write ws:// in broker-url, or another port (first"
                                + " byte 0x48)");
            }
            fixture.open();
            try (Peer peer = fixture.broker.accept()) {
                peer.expect(CONNECT);
                peer.send(hex("SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n")); // shorter than a packet of these first bytes
                assertThat(fixture.recorder.lost())
                        .isEqualTo(fixture.broker.uri() + ": what answers there is no MQTT broker (first byte 0x53)");
            }
        }
    }

    /** Paho 1.2.5 alone left one thread an attempt, and sometimes its sender. */
    @Test
    void acceptAndClose50Times_leavesNoThread() {
        try (Fixture fixture = new Fixture(wire, CLEAN)) {
            List<RecordedEvents> recorders = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                fixture.open();
                recorders.add(fixture.recorder);
                fixture.broker.accept().hangUp();
            }
            recorders.forEach(RecordedEvents::lost);
        }
    }

    @Test
    void closeWhileConnecting_leavesNoThreadAndReportsNothing() {
        try (Fixture fixture = new Fixture(wire, CLEAN)) {
            List<RecordedEvents> recorders = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                fixture.open();
                recorders.add(fixture.recorder);
                fixture.connection.close(false);
            }
            fixture.awaitNoThread();
            recorders.forEach(RecordedEvents::expectNothing);
        }
    }

    @Test
    void closeBeforeTheSocketIsOpen_leavesNoThreadAndReportsNothing() {
        try (FullServer frozen = new FullServer();
                Fixture fixture = new Fixture(wire, CLEAN)) {
            fixture.open(frozen.uri());
            fixture.connection.close(true);
            fixture.awaitNoThread();
            fixture.recorder.expectNothing();
        }
    }

    @Test
    void frozenHost_failsTheAttempt() {
        MqttConfig config =
                MqttConfig.builder().connectionTimeout(Duration.ofMillis(50)).build();
        try (FullServer frozen = new FullServer();
                Fixture fixture = new Fixture(wire, config)) {
            fixture.open(frozen.uri());
            assertThat(fixture.recorder.lost()).contains(frozen.uri());
        }
    }
}
