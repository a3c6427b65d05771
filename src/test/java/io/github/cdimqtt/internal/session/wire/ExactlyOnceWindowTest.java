package io.github.cdimqtt.internal.session.wire;

import static io.github.cdimqtt.Qos.EXACTLY_ONCE;
import static io.github.cdimqtt.internal.packet.Packets.hex;
import static io.github.cdimqtt.internal.packet.Packets.pubcomp;
import static io.github.cdimqtt.internal.packet.Packets.pubrec;
import static io.github.cdimqtt.internal.packet.Packets.pubrel;
import static io.github.cdimqtt.internal.session.wire.Fixture.message;
import static io.github.cdimqtt.internal.session.wire.WindowTest.expect;
import static io.github.cdimqtt.internal.session.wire.WindowTest.expectNoMore;
import static io.github.cdimqtt.internal.session.wire.WindowTest.kept;
import static io.github.cdimqtt.internal.session.wire.WindowTest.publishAll;
import static io.github.cdimqtt.internal.session.wire.WindowTest.stored;

import io.github.cdimqtt.internal.session.WireEvent.Delivered;
import io.github.cdimqtt.internal.session.store.MemoryMessageStore;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Never are more messages of QoS 2 unanswered than Mosquitto takes, where a broker does not say how many that are. */
@ParameterizedClass
@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = Wire.MQTT_5)
class ExactlyOnceWindowTest {
    private static final int WINDOW = 19;
    private static final int MESSAGES = 50;

    @Parameter
    Wire wire;

    @Test
    void window_holdsAlsoAfterAReconnect() {
        try (Fixture fixture = new Fixture(wire, kept(1000))) {
            Peer peer = fixture.connect(false);
            publishAll(fixture, MESSAGES, EXACTLY_ONCE);
            expect(fixture, peer, 1, WINDOW, id -> wire.publish("t", EXACTLY_ONCE, id, hex("" + id)));
            peer.send(pubrec(1));
            peer.expect(pubrel(1));
            expectNoMore(fixture, peer);
            peer = fixture.reconnect(true);
            peer.expect(pubrel(1));
            expect(fixture, peer, 2, WINDOW, id -> wire.publishAgain("t", EXACTLY_ONCE, id, hex("" + id)));
            for (int id = 1; id <= MESSAGES; id++) {
                peer.send(pubrec(id));
                peer.expect(pubrel(id));
                expectNoMore(fixture, peer);
                peer.send(pubcomp(id));
                fixture.recorder.expect(new Delivered(message("" + id, EXACTLY_ONCE), id));
                int next = id + WINDOW;
                expect(
                        fixture,
                        peer,
                        next,
                        Math.min(next, MESSAGES),
                        each -> wire.publish("t", EXACTLY_ONCE, each, hex("" + each)));
            }
        }
    }

    @Test
    void window_holdsForMessagesOfAnEarlierJvm() {
        MemoryMessageStore store = new MemoryMessageStore();
        for (int id = 1; id <= MESSAGES; id++) {
            store.put("out-" + id, stored(id, EXACTLY_ONCE));
        }
        try (Fixture fixture = new Fixture(wire, kept(1000), store)) {
            Peer peer = fixture.connect(true);
            IntFunction<String> again = id -> wire.publishAgain("t", EXACTLY_ONCE, id, hex("" + id));
            expect(fixture, peer, 1, WINDOW, again);
            for (int id = 1; id <= MESSAGES; id++) {
                peer.send(pubrec(id) + pubcomp(id));
                peer.expect(pubrel(id));
                int next = id + WINDOW;
                expect(fixture, peer, next, Math.min(next, MESSAGES), again);
            }
        }
    }

    @Test
    void window_holdsForASessionThatTheBrokerForgot() {
        try (Fixture fixture = new Fixture(wire, kept(1000))) {
            Peer peer = fixture.connect(false);
            publishAll(fixture, MESSAGES, EXACTLY_ONCE);
            IntFunction<String> asNew = id -> wire.publish("t", EXACTLY_ONCE, id, hex("" + id));
            expect(fixture, peer, 1, WINDOW, asNew);
            peer.send(pubrec(1));
            peer.expect(pubrel(1));
            peer = fixture.reconnect(false);
            expect(fixture, peer, 1, WINDOW, asNew);
        }
    }
}
