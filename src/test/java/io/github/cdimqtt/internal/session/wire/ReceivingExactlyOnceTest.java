package io.github.cdimqtt.internal.session.wire;

import static io.github.cdimqtt.Qos.EXACTLY_ONCE;
import static io.github.cdimqtt.internal.packet.Packets.pubcomp;
import static io.github.cdimqtt.internal.packet.Packets.pubrec;
import static io.github.cdimqtt.internal.packet.Packets.pubrel;
import static io.github.cdimqtt.internal.session.wire.Fixture.KEPT;
import static io.github.cdimqtt.internal.session.wire.Fixture.message;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.internal.packet.Packet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Packets of QoS 2 over several connections: no channel keeps, drops or answers any by itself. */
@ParameterizedClass
@EnumSource
class ReceivingExactlyOnceTest {
    @Parameter
    Wire wire;

    @Test
    void qos2_cutBeforePubrel_isReceivedOnTheNextConnection() {
        try (Fixture fixture = new Fixture(wire, KEPT)) {
            Peer peer = fixture.connect(false);
            peer.send(wire.publish("a", EXACTLY_ONCE, 7, "ff"));
            peer.expect(pubrec(7));
            peer = fixture.reconnect(true);
            peer.send(pubrel(7));
            fixture.recorder.expect(message("a", EXACTLY_ONCE, false, false, 7));
        }
    }

    @Test
    void qos2_cutBeforePubcomp_isAcknowledgedOnTheNextConnection() {
        try (Fixture fixture = new Fixture(wire, KEPT)) {
            Packet.Publish message = receive(fixture);
            assertThat(message).isEqualTo(message("a", EXACTLY_ONCE, false, false, 7));
            Peer peer = fixture.reconnect(true);
            peer.send(pubrel(7));
            fixture.session.acknowledge(message);
            peer.expect(pubcomp(7));
            peer = fixture.reconnect(true);
            peer.send(pubrel(7));
            peer.expect(wire.pubcompOfUnknown(7));
            fixture.recorder.expectNothing();
        }
    }

    @Test
    void qos2_acknowledgedAfterTheCut_isAnsweredOnTheNextConnection() {
        try (Fixture fixture = new Fixture(wire, KEPT)) {
            Packet.Publish message = receive(fixture);
            fixture.cut();
            fixture.session.acknowledge(message);
            Peer peer = fixture.connect(true);
            peer.send(pubrel(7));
            peer.expect(pubcomp(7));
            fixture.recorder.expectNothing();
            peer.send(wire.publish("a", EXACTLY_ONCE, 7, "ff") + pubrel(7));
            peer.expect(pubrec(7));
            Packet.Publish other = fixture.recorder.next(Packet.Publish.class);
            assertThat(other).isEqualTo(message); // another message with the same identifier
            fixture.session.acknowledge(other);
            peer.expect(pubcomp(7));
        }
    }

    @Test
    void qos2_sentAgainBeforeItIsAcknowledged_isAcknowledgedWithTheFirst() {
        try (Fixture fixture = new Fixture(wire, KEPT)) {
            Packet.Publish message = receive(fixture);
            Peer peer = fixture.reconnect(true);
            peer.send(wire.publishAgain("a", EXACTLY_ONCE, 7, "ff") + pubrel(7));
            peer.expect(pubrec(7));
            fixture.session.acknowledge(message);
            peer.expect(pubcomp(7));
            peer.send(pubrel(7));
            peer.expect(wire.pubcompOfUnknown(7));
            fixture.recorder.expectNothing();
        }
    }

    /** Connects to a broker that has no session, and sends message 7 and its release; returns it, not acknowledged. */
    private Packet.Publish receive(Fixture fixture) {
        fixture.connect(false).send(wire.publish("a", EXACTLY_ONCE, 7, "ff") + pubrel(7));
        return fixture.recorder.next(Packet.Publish.class);
    }
}
