package io.github.cdimqtt.internal.session.wire;

import static io.github.cdimqtt.Qos.AT_LEAST_ONCE;
import static io.github.cdimqtt.Qos.AT_MOST_ONCE;
import static io.github.cdimqtt.internal.packet.Packets.PINGREQ;
import static io.github.cdimqtt.internal.packet.Packets.hex;
import static io.github.cdimqtt.internal.packet.Packets.puback;
import static io.github.cdimqtt.internal.session.wire.Fixture.message;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.internal.session.WireEvent.Delivered;
import io.github.cdimqtt.internal.session.store.MemoryMessageStore;
import io.github.cdimqtt.internal.session.store.StoredMessage;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Never are more messages unanswered than the window allows, on the first connection, and on later ones. */
@ParameterizedClass
@EnumSource
class WindowTest {
    private static final int WINDOW = 3;
    private static final int MESSAGES = 10;

    @Parameter
    Wire wire;

    @Test
    void window_holdsAlsoAfterAReconnect() {
        try (Fixture fixture = new Fixture(wire, kept(WINDOW))) {
            Peer peer = fixture.connect(false);
            publishAll(fixture, MESSAGES, AT_LEAST_ONCE);
            expect(fixture, peer, 1, WINDOW, id -> wire.publish("t", AT_LEAST_ONCE, id, hex("" + id)));
            peer = fixture.reconnect(true);
            expect(fixture, peer, 1, WINDOW, id -> wire.publishAgain("t", AT_LEAST_ONCE, id, hex("" + id)));
            for (int id = 1; id <= MESSAGES; id++) {
                peer.send(puback(id));
                fixture.recorder.expect(new Delivered(message("" + id, AT_LEAST_ONCE), id));
                int next = id + WINDOW;
                expect(
                        fixture,
                        peer,
                        next,
                        Math.min(next, MESSAGES),
                        each -> wire.publish("t", AT_LEAST_ONCE, each, hex("" + each)));
            }
        }
    }

    /** The window may have been larger then. */
    @Test
    void window_holdsForMessagesOfAnEarlierJvm() {
        MemoryMessageStore store = new MemoryMessageStore();
        for (int id = 1; id <= MESSAGES; id++) {
            store.put("out-" + id, stored(id, AT_LEAST_ONCE));
        }
        try (Fixture fixture = new Fixture(wire, kept(WINDOW), store)) {
            Peer peer = fixture.connect(true);
            IntFunction<String> again = id -> wire.publishAgain("t", AT_LEAST_ONCE, id, hex("" + id));
            expect(fixture, peer, 1, WINDOW, again);
            peer = fixture.reconnect(true);
            expect(fixture, peer, 1, WINDOW, again);
            fixture.session.publish(message("new", AT_LEAST_ONCE));
            for (int id = 1; id <= MESSAGES - WINDOW; id++) {
                peer.send(puback(id));
                peer.expect(again.apply(id + WINDOW));
                expectNoMore(fixture, peer);
            }
            peer.send(puback(MESSAGES));
            String sent = peer.read();
            int packetId =
                    Integer.parseInt(sent.substring(10, 14), 16); // the broker may know those that were used before
            assertThat(packetId).isGreaterThan(1_000);
            assertThat(sent).isEqualTo(wire.publish("t", AT_LEAST_ONCE, packetId, hex("new")));
            expectNoMore(fixture, peer);
        }
    }

    @Test
    void everyMessageOfQos0_isDelivered_inOrder() {
        try (Fixture fixture = new Fixture(wire, kept(WINDOW));
                Peer peer = fixture.connect(false)) {
            for (int i = 0; i < 1000; i++) {
                fixture.session.publish(message("" + i, AT_MOST_ONCE));
                fixture.connection.channel().send(new Packet.PubAck(1 + i)); // not counted
            }
            for (int i = 0; i < 1000; i++) {
                fixture.recorder.expect(new Delivered(message("" + i, AT_MOST_ONCE), 0));
            }
            fixture.recorder.expectNothing();
            for (int i = 0; i < 2000; i++) {
                peer.read();
            }
            expectNoMore(fixture, peer);
        }
    }

    static MqttConfig kept(int window) {
        return MqttConfig.builder()
                .clientId("c")
                .cleanSession(false)
                .maxInflight(window)
                .build();
    }

    static void publishAll(Fixture fixture, int messages, Qos qos) {
        for (int i = 1; i <= messages; i++) {
            fixture.session.publish(message("" + i, qos));
        }
    }

    /** Reads a packet for each identifier, and no more. */
    static void expect(Fixture fixture, Peer peer, int from, int to, IntFunction<String> packet) {
        for (int id = from; id <= to; id++) {
            peer.expect(packet.apply(id));
        }
        expectNoMore(fixture, peer);
    }

    /** What is sent now comes next. */
    static void expectNoMore(Fixture fixture, Peer peer) {
        fixture.connection.channel().send(new Packet.PingReq());
        peer.expect(PINGREQ);
    }

    static StoredMessage stored(int id, Qos qos) {
        Packet.Publish message = message("" + id, qos);
        return new StoredMessage(
                new Packet.Publish(message.topic(), message.payload(), message.qos(), false, true, id), false);
    }
}
