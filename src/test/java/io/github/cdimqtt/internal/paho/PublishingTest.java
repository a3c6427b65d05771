package io.github.cdimqtt.internal.paho;

import static io.github.cdimqtt.internal.paho.Fixture.CLEAN;
import static io.github.cdimqtt.internal.paho.Fixture.KEPT;
import static io.github.cdimqtt.internal.paho.Fixture.message;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.client.OutboundMessage;
import io.github.cdimqtt.internal.paho.RecordingTransportListener.Delivered;
import io.github.cdimqtt.internal.paho.RecordingTransportListener.Rejected;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What we send, and what becomes of it on this connection and the next. */
class PublishingTest {
    private final OutboundMessage first = message("1", Qos.AT_LEAST_ONCE);
    private final OutboundMessage second = message("2", Qos.EXACTLY_ONCE);
    private final OutboundMessage third = message("3", Qos.AT_LEAST_ONCE);

    @Test
    void qos0_isDeliveredWhenWritten() {
        OutboundMessage message = new OutboundMessage("t", "0".getBytes(UTF_8), Qos.AT_MOST_ONCE, true);
        try (Fixture it = new Fixture(CLEAN);
                Peer peer = it.connect(false)) {
            it.connection.publish(message);
            peer.expect("3104" + "000174" + "30");
            it.recorder.expect(new Delivered(message, 0));
        }
    }

    @Test
    void qos1_isDeliveredWhenAcknowledged() {
        try (Fixture it = new Fixture(CLEAN);
                Peer peer = it.connect(false)) {
            it.connection.publish(first);
            peer.expect("3206" + "000174" + "0001" + "31");
            it.recorder.expectNothing();
            peer.send("40020001");
            it.recorder.expect(new Delivered(first, 1));
        }
    }

    @Test
    void qos2_isDeliveredWhenComplete() {
        try (Fixture it = new Fixture(CLEAN);
                Peer peer = it.connect(false)) {
            it.connection.publish(second);
            peer.expect("3406" + "000174" + "0001" + "32");
            peer.send("50020001");
            peer.expect("62020001");
            it.recorder.expectNothing();
            peer.send("70020001");
            it.recorder.expect(new Delivered(second, 1));
        }
    }

    @Test
    void messages_goInOrder() {
        try (Fixture it = new Fixture(CLEAN);
                Peer peer = it.connect(false)) {
            for (int i = 0; i < 2000; i++) {
                it.connection.publish(message("%04d".formatted(i), Qos.of(i % 2)));
            }
            for (int i = 0; i < 2000; i++) {
                assertThat(peer.expect(i % 2 == 0 ? "30" : "32")).endsWith(Fixture.hex("%04d".formatted(i)));
            }
        }
    }

    @Test
    void unanswered_goesAgainOnTheNextConnectionOfTheSession() {
        try (Fixture it = new Fixture(KEPT)) {
            try (Peer peer = it.connect(false)) {
                it.connection.publish(first);
                it.connection.publish(second);
                peer.expect("3206" + "000174" + "0001" + "31");
                peer.expect("3406" + "000174" + "0002" + "32");
                it.cut(peer);
            }
            try (Peer peer = it.connect(true)) {
                it.connection.publish(first);
                it.connection.publish(second);
                it.connection.publish(third);
                peer.expect("3a06" + "000174" + "0001" + "31");
                peer.expect("3c06" + "000174" + "0002" + "32");
                peer.expect("3206" + "000174" + "0003" + "33");
                peer.send("40020001" + "50020002");
                peer.expect("62020002");
                it.recorder.expect(new Delivered(first, 1));
                peer.send("70020002");
                it.recorder.expect(new Delivered(second, 2));
                peer.send("40020003");
                it.recorder.expect(new Delivered(third, 3));
                it.cut(peer);
            }
            try (Peer peer = it.connect(true)) {
                it.connection.publish(first);
                peer.expect("3206" + "000174" + "0004" + "31");
            }
        }
    }

    @Test
    void qos2_cutAfterPubrec_isOnlyReleasedAgain() {
        try (Fixture it = new Fixture(KEPT)) {
            try (Peer peer = it.connect(false)) {
                it.connection.publish(second);
                peer.expect("34");
                peer.send("50020001");
                peer.expect("62020001");
                it.cut(peer);
            }
            try (Peer peer = it.connect(true)) {
                it.connection.publish(second);
                peer.expect("62020001");
                it.cut(peer);
            }
            try (Peer peer = it.connect(true)) {
                it.connection.publish(second);
                peer.expect("62020001");
                peer.send("70020001");
                it.recorder.expect(new Delivered(second, 1));
                it.connection.publish(third);
                peer.expect("3206" + "000174" + "0002" + "33");
            }
        }
    }

    @Test
    void qos2_answeredBeforeItIsGivenAgain_doesNotGoAgain() {
        try (Fixture it = new Fixture(KEPT)) {
            try (Peer peer = it.connect(false)) {
                it.connection.publish(second);
                peer.expect("34");
                peer.send("50020001");
                peer.expect("62020001");
                it.cut(peer);
            }
            try (Peer peer = it.connect(true)) {
                peer.expect("62020001");
                peer.send("70020001");
                it.recorder.expect(new Delivered(second, 1));
                it.connection.publish(second);
                it.connection.publish(third);
                peer.expect("3206" + "000174" + "0002" + "33");
            }
        }
    }

    @Test
    void qos2_acknowledgedBySomeoneWhoForgotIt_goesAsNew() {
        try (Fixture it = new Fixture(KEPT)) {
            try (Peer peer = it.connect(false)) {
                it.connection.publish(second);
                peer.expect("34");
                peer.send("50020001");
                peer.expect("62020001");
                it.cut(peer);
            }
            try (Peer peer = it.connect(false)) {
                it.connection.publish(second);
                peer.expect("3406" + "000174" + "0001" + "32");
                peer.send("50020001");
                peer.expect("62020001");
                peer.send("70020001");
                it.recorder.expect(new Delivered(second, 1));
            }
        }
    }

    @Test
    void cleanSession_sendsAgainOnlyWhatItIsGivenAgain() {
        try (Fixture it = new Fixture(CLEAN)) {
            try (Peer peer = it.connect(false)) {
                it.connection.publish(first);
                it.connection.publish(second);
                peer.expect("32");
                peer.expect("34");
                it.cut(peer);
            }
            try (Peer peer = it.connect(false)) {
                it.connection.publish(second);
                peer.expect("3406" + "000174" + "0003" + "32");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"haus/🏠/temp", "ﷰ", "a\u0001b"})
    void unusualTopic_isSent(String topic) {
        OutboundMessage message = new OutboundMessage(topic, new byte[0], Qos.AT_MOST_ONCE, false);
        try (Fixture it = new Fixture(CLEAN);
                Peer peer = it.connect(false)) {
            it.connection.publish(message);
            assertThat(peer.expect("30")).endsWith(Fixture.hex(topic));
        }
    }

    @Test
    void topicThatNoPacketCanHold_isRejectedAndCostsNoConnection() {
        OutboundMessage longest = new OutboundMessage("é".repeat(32_767) + "x", new byte[0], Qos.AT_LEAST_ONCE, false);
        OutboundMessage longer = new OutboundMessage("é".repeat(32_768), new byte[0], Qos.AT_LEAST_ONCE, false);
        try (Fixture it = new Fixture(CLEAN);
                Peer peer = it.connect(false)) {
            it.connection.publish(longer);
            assertThat(it.recorder.next(Rejected.class).cause())
                    .hasMessage("a topic of 65,536 bytes is more than a packet can hold");
            it.connection.publish(longest);
            peer.expect("32");
        }
    }

    @Test
    void largePayload_isSentWhole() {
        OutboundMessage message = new OutboundMessage("t", new byte[300_000], Qos.AT_MOST_ONCE, false);
        try (Fixture it = new Fixture(CLEAN);
                Peer peer = it.connect(false)) {
            it.connection.publish(message);
            it.connection.publish(first);
            assertThat(peer.expect("30e3a712" + "000174")).hasSize(2 * (4 + 3 + 300_000));
            peer.expect("32");
        }
    }
}
