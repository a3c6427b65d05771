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

/** Messages of QoS 2 over several connections: each is handed over once, whatever the broker has forgotten. */
class IncomingFlowsTest {
    private static final MqttConfig KEPT_WITHOUT_PINGS = MqttConfig.builder()
            .clientId("c")
            .cleanSession(false)
            .keepalive(Duration.ZERO)
            .build();

    @Test
    void qos2_cutBeforePubrel_isHandedOverOnTheNextConnection() {
        try (Fixture it = new Fixture(KEPT)) {
            Peer peer = it.connect(false);
            peer.send(publish("a", EXACTLY_ONCE, 7, "ff"));
            peer.expect(pubrec(7));
            peer = it.reconnect(true);
            peer.send(pubrel(7));
            it.recorder.expect(message("a", EXACTLY_ONCE, false, false, 7));
        }
    }

    @Test
    void qos2_cutBeforePubcomp_isHandedOverAgain() {
        try (Fixture it = new Fixture(KEPT)) {
            assertThat(receive(it)).isEqualTo(message("a", EXACTLY_ONCE, false, false, 7));
            Peer peer = it.reconnect(true);
            peer.send(pubrel(7));
            it.connection.acknowledge(it.recorder.next(InboundMessage.class));
            peer.expect(pubcomp(7));
            peer = it.reconnect(true);
            peer.send(pubrel(7));
            peer.expect(pubcomp(7));
            it.recorder.expectNothing();
        }
    }

    @Test
    void qos2_doneAfterTheCut_isAnsweredOnTheNextConnection() {
        try (Fixture it = new Fixture(KEPT)) {
            InboundMessage message = receive(it);
            it.cut();
            it.connection.acknowledge(message);
            Peer peer = it.connect(true);
            peer.send(pubrel(7));
            peer.expect(pubcomp(7));
            it.recorder.expectNothing();
            peer.send(publish("a", EXACTLY_ONCE, 7, "ff") + pubrel(7));
            it.recorder.expect(message);
            it.connection.acknowledge(message);
            peer.expect(pubrec(7));
            peer.send(pubrel(7));
            it.recorder.expect(message); // That was another message with the same identifier.
        }
    }

    @Test
    void qos2_anotherMessageUnderAnIdentifierInUse_isHandedOverAndTheFirstOneBeforeIt() {
        try (Fixture it = new Fixture(KEPT)) {
            Peer peer = it.connect(false);
            peer.send(publish("a", EXACTLY_ONCE, 7, "fe"));
            peer.expect(pubrec(7));
            peer = it.reconnect(true);
            peer.send(publishAgain("a", EXACTLY_ONCE, 7, "ff"));
            it.recorder.expect(message("a", 0xfe, EXACTLY_ONCE, false, false, 0));
            peer.expect(pubrec(7));
            peer.send(pubrel(7));
            it.recorder.expect(message("a", 0xff, EXACTLY_ONCE, false, true, 7));
        }
    }

    @Test
    void qos2_sentAgainWhileInWork_isDoneWhenTheFirstIs() {
        try (Fixture it = new Fixture(KEPT)) {
            InboundMessage message = receive(it);
            Peer peer = it.reconnect(true);
            peer.send(publishAgain("a", EXACTLY_ONCE, 7, "ff") + pubrel(7));
            peer.expect(pubrec(7));
            it.recorder.expect(message);
            it.connection.acknowledge(message);
            peer.expect(pubcomp(7));
            peer.send(pubrel(7));
            peer.expect(pubcomp(7));
            it.recorder.expectNothing();
        }
    }

    @Test
    void qos2_ofASessionThatIsGone_isHandedOverBecauseNobodySendsItAgain() {
        try (Fixture it = new Fixture(KEPT)) {
            Peer peer = it.connect(false);
            peer.send(publish("a", EXACTLY_ONCE, 8, "fe") + publish("a", EXACTLY_ONCE, 7, "ff"));
            peer.expect(pubrec(8));
            peer.expect(pubrec(7));
            peer = it.reconnect(false);
            InboundMessage first = it.recorder.next(InboundMessage.class);
            InboundMessage second = it.recorder.next(InboundMessage.class);
            assertThat(first).isEqualTo(message("a", 0xfe, EXACTLY_ONCE, false, false, 0));
            assertThat(second).isEqualTo(message("a", 0xff, EXACTLY_ONCE, false, false, 0));
            peer.send(pubrel(7));
            peer.expect(pubcomp(7));
            it.recorder.expectNothing();
        }
    }

    @Test
    void qos2_inWorkWhenTheSessionIsGone_isNotHandedOverAgainNorAnswered() {
        try (Fixture it = new Fixture(KEPT)) {
            InboundMessage message = receive(it);
            Peer peer = it.reconnect(false);
            peer.send(publish("a", EXACTLY_ONCE, 7, "ff"));
            peer.expect(pubrec(7));
            it.connection.acknowledge(message);
            it.recorder.expectNothing();
            peer.send(pubrel(7));
            it.connection.acknowledge(it.recorder.next(InboundMessage.class));
            peer.expect(pubcomp(7));
        }
    }

    @Test
    void qos2_thatIsNotReleasedAfterAReconnect_isHandedOverOnce() throws InterruptedException {
        try (Fixture it = new Fixture(KEPT_WITHOUT_PINGS)) {
            Peer peer = it.connect(false);
            peer.send(publish("a", EXACTLY_ONCE, 7, "fe") + publish("a", EXACTLY_ONCE, 8, "ff"));
            peer.expect(pubrec(7));
            peer.expect(pubrec(8));
            peer = it.reconnect(true);
            peer.send(pubrel(8));
            it.connection.acknowledge(it.recorder.next(InboundMessage.class));
            peer.expect(pubcomp(8));
            it.timer.passOnceScheduled(Duration.ofSeconds(10));
            it.recorder.expect(message("a", 0xfe, EXACTLY_ONCE, false, false, 0));
            peer.send(publishAgain("a", EXACTLY_ONCE, 7, "fe") + pubrel(7)); // The broker was only slow.
            peer.expect(pubrec(7));
            peer.expect(pubcomp(7));
            it.recorder.expectNothing();
            peer.send(publishAgain("a", EXACTLY_ONCE, 7, "fe") + pubrel(7)); // Now it is another message.
            peer.expect(pubrec(7));
            it.recorder.expect(message("a", 0xfe, EXACTLY_ONCE, false, true, 7));
        }
    }

    /** Connects to a broker that has no session, and sends message 7 and its release; returns it, not acknowledged. */
    private static InboundMessage receive(Fixture it) {
        it.connect(false).send(publish("a", EXACTLY_ONCE, 7, "ff") + pubrel(7));
        return it.recorder.next(InboundMessage.class);
    }
}
