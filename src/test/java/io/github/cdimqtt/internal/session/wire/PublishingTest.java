package io.github.cdimqtt.internal.session.wire;

import static io.github.cdimqtt.Qos.AT_LEAST_ONCE;
import static io.github.cdimqtt.Qos.AT_MOST_ONCE;
import static io.github.cdimqtt.Qos.EXACTLY_ONCE;
import static io.github.cdimqtt.internal.packet.Packets.fixedHeader;
import static io.github.cdimqtt.internal.packet.Packets.hex;
import static io.github.cdimqtt.internal.packet.Packets.puback;
import static io.github.cdimqtt.internal.packet.Packets.pubcomp;
import static io.github.cdimqtt.internal.packet.Packets.publishOf;
import static io.github.cdimqtt.internal.packet.Packets.pubrec;
import static io.github.cdimqtt.internal.packet.Packets.pubrel;
import static io.github.cdimqtt.internal.packet.Packets.string;
import static io.github.cdimqtt.internal.session.wire.Fixture.CLEAN;
import static io.github.cdimqtt.internal.session.wire.Fixture.KEPT;
import static io.github.cdimqtt.internal.session.wire.Fixture.message;
import static io.github.cdimqtt.internal.session.wire.Fixture.outbound;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.internal.session.WireEvent.Delivered;
import io.github.cdimqtt.internal.session.WireEvent.Failed;
import io.github.cdimqtt.support.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Published messages: what is sent on this connection and the next. */
@ParameterizedClass
@EnumSource
class PublishingTest {
    @Parameter
    Wire wire;

    private final Packet.Publish first = message("1", AT_LEAST_ONCE);
    private final Packet.Publish second = message("2", EXACTLY_ONCE);
    private final Packet.Publish third = message("3", AT_LEAST_ONCE);

    @Statement({"MQTT-3.3.1-2", "MQTT-4.3.1-1"})
    @Test
    void qos0_isDeliveredWhenWritten() {
        Packet.Publish message = outbound("t", "0".getBytes(UTF_8), AT_MOST_ONCE, true);
        try (Fixture fixture = new Fixture(wire, CLEAN);
                Peer peer = fixture.connect(false)) {
            fixture.session.publish(message);
            peer.expect(wire.publishRetained("t", hex("0")));
            fixture.recorder.expect(new Delivered(message, 0));
        }
    }

    @Statement({"MQTT-4.3.2-1", "MQTT-4.3.2-2", "MQTT-4.3.2-3"})
    @Test
    void qos1_isDeliveredWhenAcknowledged() {
        try (Fixture fixture = new Fixture(wire, CLEAN);
                Peer peer = fixture.connect(false)) {
            fixture.session.publish(first);
            peer.expect(wire.publish("t", AT_LEAST_ONCE, 1, hex("1")));
            fixture.recorder.expectNothing();
            peer.send(puback(1));
            fixture.recorder.expect(new Delivered(first, 1));
        }
    }

    @Statement({"MQTT-2.2.1-5", "MQTT-3.6.2-2", "MQTT-3.6.2-3", "MQTT-4.3.3-1", "MQTT-4.3.3-2", "MQTT-4.3.3-3"})
    @Statement({"MQTT-4.3.3-4", "MQTT-4.3.3-5"})
    @Test
    void qos2_isDeliveredWhenComplete() {
        try (Fixture fixture = new Fixture(wire, CLEAN);
                Peer peer = fixture.connect(false)) {
            fixture.session.publish(second);
            peer.expect(wire.publish("t", EXACTLY_ONCE, 1, hex("2")));
            peer.send(pubrec(1));
            peer.expect(pubrel(1));
            fixture.recorder.expectNothing();
            peer.send(pubcomp(1));
            fixture.recorder.expect(new Delivered(second, 1));
        }
    }

    @Statement("MQTT-4.2-1")
    @Test
    void messages_areSentInOrder() {
        MqttConfig config = MqttConfig.builder().maxInflight(2000).build();
        try (Fixture fixture = new Fixture(wire, config);
                Peer peer = fixture.connect(false)) {
            for (int i = 0; i < 2000; i++) {
                fixture.session.publish(message("%04d".formatted(i), Qos.of(i % 2)));
            }
            for (int i = 0; i < 2000; i++) {
                assertThat(peer.expect(publishOf(Qos.of(i % 2)))).endsWith(hex("%04d".formatted(i)));
            }
        }
    }

    @Statement({"MQTT-3.1.2-23", "MQTT-3.3.1-1", "MQTT-4.4.0-1", "MQTT-4.6.0-1"})
    @Test
    void unansweredMessage_isSentAgainOnTheNextConnection() {
        try (Fixture fixture = new Fixture(wire, KEPT)) {
            Peer peer = fixture.connect(false);
            fixture.session.publish(first);
            fixture.session.publish(second);
            peer.expect(wire.publish("t", AT_LEAST_ONCE, 1, hex("1")));
            peer.expect(wire.publish("t", EXACTLY_ONCE, 2, hex("2")));
            peer = fixture.reconnect(true);
            fixture.session.publish(third);
            peer.expect(wire.publishAgain("t", AT_LEAST_ONCE, 1, hex("1")));
            peer.expect(wire.publishAgain("t", EXACTLY_ONCE, 2, hex("2")));
            peer.expect(wire.publish("t", AT_LEAST_ONCE, 3, hex("3")));
            peer.send(puback(1) + pubrec(2));
            peer.expect(pubrel(2));
            fixture.recorder.expect(new Delivered(first, 1));
            peer.send(pubcomp(2));
            fixture.recorder.expect(new Delivered(second, 2));
            peer.send(puback(3));
            fixture.recorder.expect(new Delivered(third, 3));
            peer = fixture.reconnect(true);
            fixture.session.publish(first);
            peer.expect(wire.publish("t", AT_LEAST_ONCE, 4, hex("1")));
        }
    }

    @Statement({"MQTT-4.3.3-5", "MQTT-4.3.3-6", "MQTT-4.4.0-1"})
    @Test
    void qos2_cutAfterPubrec_sendsOnlyPubrelAgain() {
        try (Fixture fixture = new Fixture(wire, KEPT)) {
            publishUntilPubrel(fixture);
            Peer peer = fixture.reconnect(true);
            peer.expect(pubrel(1));
            peer = fixture.reconnect(true);
            peer.expect(pubrel(1));
            peer.send(pubcomp(1));
            fixture.recorder.expect(new Delivered(second, 1));
            fixture.session.publish(third);
            peer.expect(wire.publish("t", AT_LEAST_ONCE, 2, hex("3")));
        }
    }

    @Statement("MQTT-3.2.2-5")
    @Test
    void qos2_ofASessionThatTheBrokerForgot_isSentAsNew() {
        try (Fixture fixture = new Fixture(wire, KEPT)) {
            publishUntilPubrel(fixture);
            Peer peer = fixture.reconnect(false);
            peer.expect(wire.publish("t", EXACTLY_ONCE, 1, hex("2")));
            peer.send(pubrec(1));
            peer.expect(pubrel(1));
            peer.send(pubcomp(1));
            fixture.recorder.expect(new Delivered(second, 1));
        }
    }

    @Statement("MQTT-3.1.2-4")
    @Test
    void cleanSession_sendsUnansweredMessagesAsNew() {
        try (Fixture fixture = new Fixture(wire, CLEAN)) {
            Peer peer = fixture.connect(false);
            fixture.session.publish(first);
            fixture.session.publish(second);
            peer.expect(publishOf(AT_LEAST_ONCE));
            peer.expect(publishOf(EXACTLY_ONCE));
            peer.send(puback(1));
            fixture.recorder.expect(new Delivered(first, 1));
            peer = fixture.reconnect(false);
            peer.expect(wire.publish("t", EXACTLY_ONCE, 2, hex("2")));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"haus/🏠/temp", "ﷰ", "a\u0001b"})
    void unusualTopic_isSent(String topic) {
        Packet.Publish message = outbound(topic, new byte[0], AT_MOST_ONCE, false);
        try (Fixture fixture = new Fixture(wire, CLEAN);
                Peer peer = fixture.connect(false)) {
            fixture.session.publish(message);
            assertThat(peer.expect(publishOf(AT_MOST_ONCE))).endsWith(hex(topic) + wire.noProperties());
        }
    }

    @Test
    void topicTooLongForAPacket_isRejected_andTheConnectionStays() {
        Packet.Publish longest = outbound("é".repeat(32_767) + "x", new byte[0], AT_LEAST_ONCE, false);
        Packet.Publish longer = outbound("é".repeat(32_768), new byte[0], AT_LEAST_ONCE, false);
        try (Fixture fixture = new Fixture(wire, CLEAN);
                Peer peer = fixture.connect(false)) {
            fixture.session.publish(longer);
            assertThat(fixture.recorder.next(Failed.class).cause())
                    .hasMessage("a topic of 65,536 bytes is more than a packet can hold");
            fixture.session.publish(longest);
            peer.expect(publishOf(AT_LEAST_ONCE));
        }
    }

    @Test
    void largePayload_isSentWhole() {
        Packet.Publish message = outbound("t", new byte[300_000], AT_MOST_ONCE, false);
        try (Fixture fixture = new Fixture(wire, CLEAN);
                Peer peer = fixture.connect(false)) {
            fixture.session.publish(message);
            fixture.session.publish(first);
            String start = string("t") + wire.noProperties();
            assertThat(peer.expect(fixedHeader(0x30, start.length() / 2 + 300_000) + start))
                    .hasSize(2 * 4 + start.length() + 2 * 300_000);
            peer.expect(publishOf(AT_LEAST_ONCE));
        }
    }

    /** Connects to a broker that has no session, and publishes the second message, which is received and released. */
    private void publishUntilPubrel(Fixture fixture) {
        Peer peer = fixture.connect(false);
        fixture.session.publish(second);
        peer.expect(publishOf(EXACTLY_ONCE));
        peer.send(pubrec(1));
        peer.expect(pubrel(1));
    }
}
