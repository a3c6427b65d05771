package io.github.cdimqtt.internal.paho;

import static io.github.cdimqtt.internal.packet.Packets.CONNECT;
import static io.github.cdimqtt.internal.packet.Packets.connack;
import static io.github.cdimqtt.internal.packet.Packets.hex;
import static io.github.cdimqtt.internal.paho.Fixture.CLEAN;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.internal.transport.ConnectRequest;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Attempts that fail: the reason in words, and no thread left. */
class ConnectingTest {
    private static final String FORGOTTEN = " (no mqtt.broker-url is set, so tcp://localhost was tried)";
    private static final String HUNG_UP =
            " hung up before CONNACK: perhaps this port is for TLS (ssl://), or for WebSocket"
                    + " (ws://), or the broker does not allow this client";

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
    void refusal_isToldInWords(int code, String words) {
        try (Fixture it = new Fixture(CLEAN)) {
            it.open();
            try (Peer peer = it.broker.accept()) {
                peer.expect(CONNECT);
                peer.send(connack(code));
                assertThat(it.recorder.lost())
                        .isEqualTo(it.broker.uri() + ": " + words + " (CONNACK return code " + code + ")");
                peer.expectEnd();
            }
        }
    }

    /** A house, a full-width colon, and what turns the line around. */
    @Test
    void clientId_ofAnyCharacters_isSentAsItIs() {
        String clientId = "a\ud83c\udfe0\uff1a\u202e";
        try (Fixture it = new Fixture(CLEAN)) {
            it.connection =
                    it.transport.open(new ConnectRequest(it.broker.uri(), clientId, "\ud83d\udd11", "p"), it.recorder);
            try (Peer peer = it.broker.accept()) {
                assertThat(peer.expect(CONNECT)).contains(hex(clientId));
                peer.send(connack(false));
                it.recorder.expect(new RecordingTransportListener.Connected(false));
            }
        }
    }

    @Test
    void nobodyListens_isToldInWords() {
        try (Fixture it = new Fixture(CLEAN)) {
            it.broker.close();
            it.open();
            RecordingTransportListener.Lost lost = it.recorder.next(RecordingTransportListener.Lost.class);
            assertThat(lost.cause())
                    .hasMessage("connection refused by " + it.broker.uri() + ": nothing listens there" + FORGOTTEN)
                    .hasCauseInstanceOf(ConnectException.class);
        }
    }

    @Test
    void brokerThatWasNamed_isNotSaidToBeForgotten() {
        try (Fixture it =
                new Fixture(MqttConfig.builder().brokerUrl("localhost").build())) {
            it.broker.close();
            it.open();
            assertThat(it.recorder.lost()).endsWith(": nothing listens there");
        }
    }

    @Test
    void unknownHost_isToldInWords() {
        try (Fixture it = new Fixture(CLEAN)) {
            it.open("tcp://no_such_host.invalid:1883");
            assertThat(it.recorder.next(RecordingTransportListener.Lost.class).cause())
                    .hasMessage("unknown host no_such_host.invalid in tcp://no_such_host.invalid:1883" + FORGOTTEN)
                    .hasCauseInstanceOf(UnknownHostException.class);
        }
    }

    @Test
    void hangUpBeforeConnack_isToldInWords() {
        try (Fixture it = new Fixture(CLEAN)) {
            it.open();
            try (Peer peer = it.broker.accept()) {
                peer.expect(CONNECT);
                peer.hangUp();
                assertThat(it.recorder.lost()).isEqualTo(it.broker.uri() + HUNG_UP);
            }
        }
    }

    @Test
    void resetBeforeConnack_isToldInTheSameWords() {
        try (Fixture it = new Fixture(CLEAN)) {
            it.open();
            try (Peer peer = it.broker.accept()) {
                peer.expect(CONNECT);
                peer.reset();
                assertThat(it.recorder.lost()).isEqualTo(it.broker.uri() + HUNG_UP);
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    ws   | hung up within the WebSocket handshake: perhaps this port is for MQTT without WebSocket (tcp://), or for TLS (wss://)
                    ssl  | hung up within the TLS handshake: perhaps this port is not for TLS (tcp://), or the broker does not know this host name
                    wss  | hung up within the TLS handshake: perhaps this port is not for TLS (ws://), or the broker does not know this host name
                    """)
    void hangUpWithinAHandshake_isToldInTheSameWordsAsAReset(String scheme, String words) {
        try (Fixture it = new Fixture(CLEAN)) {
            String uri = it.broker.uri().replace("tcp", scheme);
            it.open(uri);
            try (Peer peer = it.broker.accept()) {
                peer.hangUp();
                assertThat(it.recorder.lost()).isEqualTo(uri + " " + words);
            }
            it.open(uri);
            try (Peer peer = it.broker.accept()) {
                peer.reset();
                assertThat(it.recorder.lost()).isEqualTo(uri + " " + words);
            }
        }
    }

    @Test
    void anotherProtocol_isToldInWords() {
        try (Fixture it = new Fixture(CLEAN)) {
            it.open();
            try (Peer peer = it.broker.accept()) {
                peer.expect(CONNECT);
                peer.send(hex("HTTP/1.1 400 Bad Request\r\n".repeat(10)));
                assertThat(it.recorder.lost())
                        .isEqualTo(it.broker.uri()
                                + ": what answers there speaks HTTP; write ws:// in broker-url, or another port (first"
                                + " byte 0x48)");
            }
            it.open();
            try (Peer peer = it.broker.accept()) {
                peer.expect(CONNECT);
                peer.send(hex("SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n".repeat(10)));
                assertThat(it.recorder.lost())
                        .isEqualTo(it.broker.uri() + ": what answers there is no MQTT broker (first byte 0x53)");
            }
        }
    }

    /** Paho 1.2.5 left one thread an attempt, and sometimes its sender. */
    @Test
    void acceptAndClose50Times_leavesNoThread() {
        try (Fixture it = new Fixture(CLEAN)) {
            List<RecordingTransportListener> recorders = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                it.open();
                recorders.add(it.recorder);
                it.broker.accept().hangUp();
            }
            recorders.forEach(RecordingTransportListener::lost);
        }
    }

    @Test
    void closeWhileConnecting_leavesNoThreadAndTellsNothing() {
        try (Fixture it = new Fixture(CLEAN)) {
            List<RecordingTransportListener> recorders = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                it.open();
                recorders.add(it.recorder);
                it.connection.close(false);
            }
            it.awaitNoThread();
            recorders.forEach(RecordingTransportListener::expectNothing);
        }
    }

    @Test
    void closeBeforeTheSocketIsOpen_leavesNoThreadAndTellsNothing() {
        try (Fixture it = new Fixture(CLEAN)) {
            it.open("tcp://192.0.2.1:1883");
            it.connection.close(true);
            it.recorder.expectNothing();
        }
    }

    @Test
    void frozenHost_isGivenUp() {
        MqttConfig config =
                MqttConfig.builder().connectionTimeout(Duration.ofMillis(50)).build();
        try (Fixture it = new Fixture(config)) {
            it.open("tcp://192.0.2.1:1883");
            assertThat(it.recorder.lost()).contains("tcp://192.0.2.1:1883");
        }
    }
}
