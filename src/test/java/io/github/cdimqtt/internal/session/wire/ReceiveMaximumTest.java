package io.github.cdimqtt.internal.session.wire;

import static io.github.cdimqtt.Qos.AT_LEAST_ONCE;
import static io.github.cdimqtt.Qos.EXACTLY_ONCE;
import static io.github.cdimqtt.internal.packet.Packets.hex;
import static io.github.cdimqtt.internal.packet.Packets.puback;
import static io.github.cdimqtt.internal.packet.Packets.pubcomp;
import static io.github.cdimqtt.internal.packet.Packets.pubrec;
import static io.github.cdimqtt.internal.packet.Packets.pubrel;
import static io.github.cdimqtt.internal.session.wire.Fixture.message;
import static io.github.cdimqtt.internal.session.wire.WindowTest.expect;
import static io.github.cdimqtt.internal.session.wire.WindowTest.expectNoMore;
import static io.github.cdimqtt.internal.session.wire.WindowTest.kept;
import static io.github.cdimqtt.internal.session.wire.WindowTest.publishAll;

import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.session.WireEvent.Delivered;
import io.github.cdimqtt.support.Statement;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Never are more messages unanswered than the broker takes [MQTT-3.3.4-7], on the first connection, and on later ones. */
class ReceiveMaximumTest {
    private static final Wire WIRE = Wire.DIRECT_5;
    private static final int MESSAGES = 50;

    @Statement({"MQTT-3.3.4-7", "MQTT-4.6.0-1", "MQTT-4.9.0-1", "MQTT-4.9.0-2"})
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 20})
    void receiveMaximum_boundsMessagesOfQos1_alsoAfterAReconnect(int maximum) {
        String property = receiveMaximum(maximum);
        try (Fixture fixture = new Fixture(WIRE, kept(1000))) {
            Peer peer = fixture.connect(false, property);
            publishAll(fixture, MESSAGES, AT_LEAST_ONCE);
            expect(fixture, peer, 1, maximum, id -> WIRE.publish("t", AT_LEAST_ONCE, id, hex("" + id)));
            peer = fixture.reconnect(true, property);
            expect(fixture, peer, 1, maximum, id -> WIRE.publishAgain("t", AT_LEAST_ONCE, id, hex("" + id)));
            for (int id = 1; id <= MESSAGES; id++) {
                peer.send(puback(id));
                fixture.recorder.expect(new Delivered(message("" + id, AT_LEAST_ONCE), id));
                expectNext(fixture, peer, id + maximum, AT_LEAST_ONCE);
            }
        }
    }

    /** PUBREL goes on where the maximum is reached [MQTT-3.3.4-8]; PUBCOMP, and not PUBREC, makes room [MQTT-4.9.0-2]. */
    @Statement({"MQTT-3.3.4-7", "MQTT-3.3.4-8", "MQTT-4.9.0-1", "MQTT-4.9.0-2", "MQTT-4.9.0-3"})
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 20})
    void receiveMaximum_boundsMessagesOfQos2_untilPubcomp(int maximum) {
        try (Fixture fixture = new Fixture(WIRE, kept(1000));
                Peer peer = fixture.connect(false, receiveMaximum(maximum))) {
            publishAll(fixture, MESSAGES, EXACTLY_ONCE);
            expect(fixture, peer, 1, maximum, id -> WIRE.publish("t", EXACTLY_ONCE, id, hex("" + id)));
            for (int id = 1; id <= MESSAGES; id++) {
                peer.send(pubrec(id));
                peer.expect(pubrel(id));
                expectNoMore(fixture, peer);
                peer.send(pubcomp(id));
                fixture.recorder.expect(new Delivered(message("" + id, EXACTLY_ONCE), id));
                expectNext(fixture, peer, id + maximum, EXACTLY_ONCE);
            }
        }
    }

    /** The message of this identifier, if there is one, and no more. */
    private static void expectNext(Fixture fixture, Peer peer, int id, Qos qos) {
        int last = Math.min(id, MESSAGES);
        expect(fixture, peer, id, last, each -> WIRE.publish("t", qos, each, hex("" + each)));
    }

    private static String receiveMaximum(int maximum) {
        return "21%04x".formatted(maximum);
    }
}
