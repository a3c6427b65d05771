package io.github.cdimqtt.internal.paho;

import static io.github.cdimqtt.Qos.AT_LEAST_ONCE;
import static io.github.cdimqtt.Qos.AT_MOST_ONCE;
import static io.github.cdimqtt.Qos.EXACTLY_ONCE;
import static io.github.cdimqtt.internal.packet.Packets.hex;
import static io.github.cdimqtt.internal.packet.Packets.puback;
import static io.github.cdimqtt.internal.packet.Packets.pubcomp;
import static io.github.cdimqtt.internal.packet.Packets.publish;
import static io.github.cdimqtt.internal.packet.Packets.publishAgain;
import static io.github.cdimqtt.internal.packet.Packets.publishOf;
import static io.github.cdimqtt.internal.packet.Packets.publishRetained;
import static io.github.cdimqtt.internal.packet.Packets.pubrec;
import static io.github.cdimqtt.internal.packet.Packets.pubrel;
import static io.github.cdimqtt.internal.packet.Packets.string;
import static io.github.cdimqtt.internal.paho.Fixture.CLEAN;
import static io.github.cdimqtt.internal.paho.Fixture.KEPT;
import static io.github.cdimqtt.internal.paho.Fixture.message;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.paho.RecordingTransportListener.Delivered;
import io.github.cdimqtt.internal.paho.RecordingTransportListener.Rejected;
import io.github.cdimqtt.internal.transport.OutboundMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Published messages: what is sent on this connection and the next. */
class PublishingTest {
    private final OutboundMessage first = message("1", AT_LEAST_ONCE);
    private final OutboundMessage second = message("2", EXACTLY_ONCE);
    private final OutboundMessage third = message("3", AT_LEAST_ONCE);

    @Test
    void qos0_isDeliveredWhenWritten() {
        OutboundMessage message = new OutboundMessage("t", "0".getBytes(UTF_8), AT_MOST_ONCE, true);
        try (Fixture fixture = new Fixture(CLEAN);
                Peer peer = fixture.connect(false)) {
            fixture.connection.publish(message);
            peer.expect(publishRetained("t", hex("0")));
            fixture.recorder.expect(new Delivered(message, 0));
        }
    }

    @Test
    void qos1_isDeliveredWhenAcknowledged() {
        try (Fixture fixture = new Fixture(CLEAN);
                Peer peer = fixture.connect(false)) {
            fixture.connection.publish(first);
            peer.expect(publish("t", AT_LEAST_ONCE, 1, hex("1")));
            fixture.recorder.expectNothing();
            peer.send(puback(1));
            fixture.recorder.expect(new Delivered(first, 1));
        }
    }

    @Test
    void qos2_isDeliveredWhenComplete() {
        try (Fixture fixture = new Fixture(CLEAN);
                Peer peer = fixture.connect(false)) {
            fixture.connection.publish(second);
            peer.expect(publish("t", EXACTLY_ONCE, 1, hex("2")));
            peer.send(pubrec(1));
            peer.expect(pubrel(1));
            fixture.recorder.expectNothing();
            peer.send(pubcomp(1));
            fixture.recorder.expect(new Delivered(second, 1));
        }
    }

    @Test
    void messages_areSentInOrder() {
        try (Fixture fixture = new Fixture(CLEAN);
                Peer peer = fixture.connect(false)) {
            for (int i = 0; i < 2000; i++) {
                fixture.connection.publish(message("%04d".formatted(i), Qos.of(i % 2)));
            }
            for (int i = 0; i < 2000; i++) {
                assertThat(peer.expect(publishOf(Qos.of(i % 2)))).endsWith(hex("%04d".formatted(i)));
            }
        }
    }

    @Test
    void unansweredMessage_isSentAgainOnTheNextConnection() {
        try (Fixture fixture = new Fixture(KEPT)) {
            Peer peer = fixture.connect(false);
            fixture.connection.publish(first);
            fixture.connection.publish(second);
            peer.expect(publish("t", AT_LEAST_ONCE, 1, hex("1")));
            peer.expect(publish("t", EXACTLY_ONCE, 2, hex("2")));
            peer = fixture.reconnect(true);
            fixture.connection.publish(first);
            fixture.connection.publish(second);
            fixture.connection.publish(third);
            peer.expect(publishAgain("t", AT_LEAST_ONCE, 1, hex("1")));
            peer.expect(publishAgain("t", EXACTLY_ONCE, 2, hex("2")));
            peer.expect(publish("t", AT_LEAST_ONCE, 3, hex("3")));
            peer.send(puback(1) + pubrec(2));
            peer.expect(pubrel(2));
            fixture.recorder.expect(new Delivered(first, 1));
            peer.send(pubcomp(2));
            fixture.recorder.expect(new Delivered(second, 2));
            peer.send(puback(3));
            fixture.recorder.expect(new Delivered(third, 3));
            peer = fixture.reconnect(true);
            fixture.connection.publish(first);
            peer.expect(publish("t", AT_LEAST_ONCE, 4, hex("1")));
        }
    }

    @Test
    void qos2_cutAfterPubrec_sendsOnlyPubrelAgain() {
        try (Fixture fixture = new Fixture(KEPT)) {
            publishUntilPubrel(fixture);
            Peer peer = fixture.reconnect(true);
            fixture.connection.publish(second);
            peer.expect(pubrel(1));
            peer = fixture.reconnect(true);
            fixture.connection.publish(second);
            peer.expect(pubrel(1));
            peer.send(pubcomp(1));
            fixture.recorder.expect(new Delivered(second, 1));
            fixture.connection.publish(third);
            peer.expect(publish("t", AT_LEAST_ONCE, 2, hex("3")));
        }
    }

    @Test
    void qos2_answeredBeforeItIsPublishedAgain_isNotSentAgain() {
        try (Fixture fixture = new Fixture(KEPT)) {
            publishUntilPubrel(fixture);
            Peer peer = fixture.reconnect(true);
            peer.expect(pubrel(1));
            peer.send(pubcomp(1));
            fixture.recorder.expect(new Delivered(second, 1));
            fixture.connection.publish(second);
            fixture.connection.publish(third);
            peer.expect(publish("t", AT_LEAST_ONCE, 2, hex("3")));
        }
    }

    @Test
    void qos2_ofASessionThatTheBrokerForgot_isSentAsNew() {
        try (Fixture fixture = new Fixture(KEPT)) {
            publishUntilPubrel(fixture);
            Peer peer = fixture.reconnect(false);
            fixture.connection.publish(second);
            peer.expect(publish("t", EXACTLY_ONCE, 1, hex("2")));
            peer.send(pubrec(1));
            peer.expect(pubrel(1));
            peer.send(pubcomp(1));
            fixture.recorder.expect(new Delivered(second, 1));
        }
    }

    @Test
    void cleanSession_sendsAgainOnlyWhatIsPublishedAgain() {
        try (Fixture fixture = new Fixture(CLEAN)) {
            Peer peer = fixture.connect(false);
            fixture.connection.publish(first);
            fixture.connection.publish(second);
            peer.expect(publishOf(AT_LEAST_ONCE));
            peer.expect(publishOf(EXACTLY_ONCE));
            peer = fixture.reconnect(false);
            fixture.connection.publish(second);
            peer.expect(publish("t", EXACTLY_ONCE, 3, hex("2")));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"haus/🏠/temp", "ﷰ", "a\u0001b"})
    void unusualTopic_isSent(String topic) {
        OutboundMessage message = new OutboundMessage(topic, new byte[0], AT_MOST_ONCE, false);
        try (Fixture fixture = new Fixture(CLEAN);
                Peer peer = fixture.connect(false)) {
            fixture.connection.publish(message);
            assertThat(peer.expect(publishOf(AT_MOST_ONCE))).endsWith(hex(topic));
        }
    }

    @Test
    void topicTooLongForAPacket_isRejected_andTheConnectionStays() {
        OutboundMessage longest = new OutboundMessage("é".repeat(32_767) + "x", new byte[0], AT_LEAST_ONCE, false);
        OutboundMessage longer = new OutboundMessage("é".repeat(32_768), new byte[0], AT_LEAST_ONCE, false);
        try (Fixture fixture = new Fixture(CLEAN);
                Peer peer = fixture.connect(false)) {
            fixture.connection.publish(longer);
            assertThat(fixture.recorder.next(Rejected.class).cause())
                    .hasMessage("a topic of 65,536 bytes is more than a packet can hold");
            fixture.connection.publish(longest);
            peer.expect(publishOf(AT_LEAST_ONCE));
        }
    }

    @Test
    void largePayload_isSentWhole() {
        OutboundMessage message = new OutboundMessage("t", new byte[300_000], AT_MOST_ONCE, false);
        try (Fixture fixture = new Fixture(CLEAN);
                Peer peer = fixture.connect(false)) {
            fixture.connection.publish(message);
            fixture.connection.publish(first);
            assertThat(peer.expect("30e3a712" + string("t"))).hasSize(2 * (4 + 3 + 300_000));
            peer.expect(publishOf(AT_LEAST_ONCE));
        }
    }

    /** Connects to a broker that has no session, and publishes the second message, which is received and released. */
    private void publishUntilPubrel(Fixture fixture) {
        Peer peer = fixture.connect(false);
        fixture.connection.publish(second);
        peer.expect(publishOf(EXACTLY_ONCE));
        peer.send(pubrec(1));
        peer.expect(pubrel(1));
    }
}
