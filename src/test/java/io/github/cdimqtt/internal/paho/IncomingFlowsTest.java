package io.github.cdimqtt.internal.paho;

import static io.github.cdimqtt.Qos.EXACTLY_ONCE;
import static io.github.cdimqtt.internal.packet.Packets.pubcomp;
import static io.github.cdimqtt.internal.packet.Packets.publish;
import static io.github.cdimqtt.internal.packet.Packets.publishAgain;
import static io.github.cdimqtt.internal.packet.Packets.pubrec;
import static io.github.cdimqtt.internal.packet.Packets.pubrel;
import static io.github.cdimqtt.internal.paho.Fixture.KEPT;
import static io.github.cdimqtt.internal.paho.Fixture.message;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.internal.transport.InboundMessage;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Messages of QoS 2 over several connections: each is received once, whatever the broker has forgotten. */
class IncomingFlowsTest {
    private static final MqttConfig KEPT_WITHOUT_PINGS = MqttConfig.builder()
            .clientId("c")
            .cleanSession(false)
            .keepalive(Duration.ZERO)
            .build();

    @Test
    void qos2_cutBeforePubrel_isReceivedOnTheNextConnection() {
        try (Fixture fixture = new Fixture(KEPT)) {
            Peer peer = fixture.connect(false);
            peer.send(publish("a", EXACTLY_ONCE, 7, "ff"));
            peer.expect(pubrec(7));
            peer = fixture.reconnect(true);
            peer.send(pubrel(7));
            fixture.recorder.expect(message("a", EXACTLY_ONCE, false, false, 7));
        }
    }

    @Test
    void qos2_cutBeforePubcomp_isReceivedAgain() {
        try (Fixture fixture = new Fixture(KEPT)) {
            assertThat(receive(fixture)).isEqualTo(message("a", EXACTLY_ONCE, false, false, 7));
            Peer peer = fixture.reconnect(true);
            peer.send(pubrel(7));
            fixture.connection.acknowledge(fixture.recorder.next(InboundMessage.class));
            peer.expect(pubcomp(7));
            peer = fixture.reconnect(true);
            peer.send(pubrel(7));
            peer.expect(pubcomp(7));
            fixture.recorder.expectNothing();
        }
    }

    @Test
    void qos2_acknowledgedAfterTheCut_isAnsweredOnTheNextConnection() {
        try (Fixture fixture = new Fixture(KEPT)) {
            InboundMessage message = receive(fixture);
            fixture.cut();
            fixture.connection.acknowledge(message);
            Peer peer = fixture.connect(true);
            peer.send(pubrel(7));
            peer.expect(pubcomp(7));
            fixture.recorder.expectNothing();
            peer.send(publish("a", EXACTLY_ONCE, 7, "ff") + pubrel(7));
            fixture.recorder.expect(message);
            fixture.connection.acknowledge(message);
            peer.expect(pubrec(7));
            peer.send(pubrel(7));
            fixture.recorder.expect(message); // That was another message with the same identifier.
        }
    }

    @Test
    void qos2_otherMessageUnderAPacketIdInUse_isReceivedAfterTheFirst() {
        try (Fixture fixture = new Fixture(KEPT)) {
            Peer peer = fixture.connect(false);
            peer.send(publish("a", EXACTLY_ONCE, 7, "fe"));
            peer.expect(pubrec(7));
            peer = fixture.reconnect(true);
            peer.send(publishAgain("a", EXACTLY_ONCE, 7, "ff"));
            fixture.recorder.expect(message("a", 0xfe, EXACTLY_ONCE, false, false, 0));
            peer.expect(pubrec(7));
            peer.send(pubrel(7));
            fixture.recorder.expect(message("a", 0xff, EXACTLY_ONCE, false, true, 7));
        }
    }

    @Test
    void qos2_sentAgainBeforeItIsAcknowledged_isAcknowledgedWithTheFirst() {
        try (Fixture fixture = new Fixture(KEPT)) {
            InboundMessage message = receive(fixture);
            Peer peer = fixture.reconnect(true);
            peer.send(publishAgain("a", EXACTLY_ONCE, 7, "ff") + pubrel(7));
            peer.expect(pubrec(7));
            fixture.recorder.expect(message);
            fixture.connection.acknowledge(message);
            peer.expect(pubcomp(7));
            peer.send(pubrel(7));
            peer.expect(pubcomp(7));
            fixture.recorder.expectNothing();
        }
    }

    @Test
    void qos2_ofASessionThatTheBrokerForgot_isReceivedWithoutPubrel() {
        try (Fixture fixture = new Fixture(KEPT)) {
            Peer peer = fixture.connect(false);
            peer.send(publish("a", EXACTLY_ONCE, 8, "fe") + publish("a", EXACTLY_ONCE, 7, "ff"));
            peer.expect(pubrec(8));
            peer.expect(pubrec(7));
            peer = fixture.reconnect(false);
            InboundMessage first = fixture.recorder.next(InboundMessage.class);
            InboundMessage second = fixture.recorder.next(InboundMessage.class);
            assertThat(first).isEqualTo(message("a", 0xfe, EXACTLY_ONCE, false, false, 0));
            assertThat(second).isEqualTo(message("a", 0xff, EXACTLY_ONCE, false, false, 0));
            peer.send(pubrel(7));
            peer.expect(pubcomp(7));
            fixture.recorder.expectNothing();
        }
    }

    @Test
    void qos2_releasedBeforeTheBrokerForgotTheSession_isNeitherReceivedAgainNorAcknowledged() {
        try (Fixture fixture = new Fixture(KEPT)) {
            InboundMessage message = receive(fixture);
            Peer peer = fixture.reconnect(false);
            peer.send(publish("a", EXACTLY_ONCE, 7, "ff"));
            peer.expect(pubrec(7));
            fixture.connection.acknowledge(message);
            fixture.recorder.expectNothing();
            peer.send(pubrel(7));
            fixture.connection.acknowledge(fixture.recorder.next(InboundMessage.class));
            peer.expect(pubcomp(7));
        }
    }

    @Test
    void qos2_notReleasedAfterAReconnect_isReceivedOnce() throws InterruptedException {
        try (Fixture fixture = new Fixture(KEPT_WITHOUT_PINGS)) {
            Peer peer = fixture.connect(false);
            peer.send(publish("a", EXACTLY_ONCE, 7, "fe") + publish("a", EXACTLY_ONCE, 8, "ff"));
            peer.expect(pubrec(7));
            peer.expect(pubrec(8));
            peer = fixture.reconnect(true);
            peer.send(pubrel(8));
            fixture.connection.acknowledge(fixture.recorder.next(InboundMessage.class));
            peer.expect(pubcomp(8));
            fixture.timer.passOnceScheduled(Duration.ofSeconds(10));
            fixture.recorder.expect(message("a", 0xfe, EXACTLY_ONCE, false, false, 0));
            peer.send(publishAgain("a", EXACTLY_ONCE, 7, "fe") + pubrel(7)); // The broker was only slow.
            peer.expect(pubrec(7));
            peer.expect(pubcomp(7));
            fixture.recorder.expectNothing();
            peer.send(publishAgain("a", EXACTLY_ONCE, 7, "fe") + pubrel(7)); // Now it is another message.
            peer.expect(pubrec(7));
            fixture.recorder.expect(message("a", 0xfe, EXACTLY_ONCE, false, true, 7));
        }
    }

    /** Connects to a broker that has no session, and sends message 7 and its release; returns it, not acknowledged. */
    private static InboundMessage receive(Fixture fixture) {
        fixture.connect(false).send(publish("a", EXACTLY_ONCE, 7, "ff") + pubrel(7));
        return fixture.recorder.next(InboundMessage.class);
    }
}
