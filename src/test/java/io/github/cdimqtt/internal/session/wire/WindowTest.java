package io.github.cdimqtt.internal.session.wire;

import static io.github.cdimqtt.Qos.AT_LEAST_ONCE;
import static io.github.cdimqtt.Qos.AT_MOST_ONCE;
import static io.github.cdimqtt.Qos.EXACTLY_ONCE;
import static io.github.cdimqtt.internal.packet.Packets.PINGREQ;
import static io.github.cdimqtt.internal.packet.Packets.hex;
import static io.github.cdimqtt.internal.packet.Packets.puback;
import static io.github.cdimqtt.internal.packet.Packets.pubcomp;
import static io.github.cdimqtt.internal.packet.Packets.publish;
import static io.github.cdimqtt.internal.packet.Packets.publishAgain;
import static io.github.cdimqtt.internal.packet.Packets.pubrec;
import static io.github.cdimqtt.internal.packet.Packets.pubrel;
import static io.github.cdimqtt.internal.session.wire.Fixture.message;

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

    /** Of messages of QoS 2, as many as Mosquitto takes. */
    private static final int WINDOW_OF_QOS2 = 19;

    private static final int MESSAGES_OF_QOS2 = 50;

    @Parameter
    Library library;

    @Test
    void window_holdsAlsoAfterAReconnect() {
        try (Fixture fixture = new Fixture(library, kept(WINDOW))) {
            Peer peer = fixture.connect(false);
            publishAll(fixture, MESSAGES, AT_LEAST_ONCE);
            expect(fixture, peer, 1, WINDOW, id -> publish("t", AT_LEAST_ONCE, id, hex("" + id)));
            peer = fixture.reconnect(true);
            expect(fixture, peer, 1, WINDOW, id -> publishAgain("t", AT_LEAST_ONCE, id, hex("" + id)));
            for (int id = 1; id <= MESSAGES; id++) {
                peer.send(puback(id));
                fixture.recorder.expect(new Delivered(message("" + id, AT_LEAST_ONCE), id));
                int next = id + WINDOW;
                expect(
                        fixture,
                        peer,
                        next,
                        Math.min(next, MESSAGES),
                        each -> publish("t", AT_LEAST_ONCE, each, hex("" + each)));
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
        try (Fixture fixture = new Fixture(library, kept(WINDOW), store)) {
            Peer peer = fixture.connect(true);
            IntFunction<String> again = id -> publishAgain("t", AT_LEAST_ONCE, id, hex("" + id));
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
            peer.expect(publish("t", AT_LEAST_ONCE, 1, hex("new"))); // the identifier is free again
            expectNoMore(fixture, peer);
        }
    }

    @Test
    void windowOfQos2_holdsAlsoAfterAReconnect() {
        try (Fixture fixture = new Fixture(library, kept(1000))) {
            Peer peer = fixture.connect(false);
            publishAll(fixture, MESSAGES_OF_QOS2, EXACTLY_ONCE);
            expect(fixture, peer, 1, WINDOW_OF_QOS2, id -> publish("t", EXACTLY_ONCE, id, hex("" + id)));
            peer.send(pubrec(1));
            peer.expect(pubrel(1));
            expectNoMore(fixture, peer);
            peer = fixture.reconnect(true);
            peer.expect(pubrel(1));
            expect(fixture, peer, 2, WINDOW_OF_QOS2, id -> publishAgain("t", EXACTLY_ONCE, id, hex("" + id)));
            for (int id = 1; id <= MESSAGES_OF_QOS2; id++) {
                peer.send(pubrec(id));
                peer.expect(pubrel(id));
                expectNoMore(fixture, peer);
                peer.send(pubcomp(id));
                fixture.recorder.expect(new Delivered(message("" + id, EXACTLY_ONCE), id));
                int next = id + WINDOW_OF_QOS2;
                expect(
                        fixture,
                        peer,
                        next,
                        Math.min(next, MESSAGES_OF_QOS2),
                        each -> publish("t", EXACTLY_ONCE, each, hex("" + each)));
            }
        }
    }

    @Test
    void windowOfQos2_holdsForMessagesOfAnEarlierJvm() {
        MemoryMessageStore store = new MemoryMessageStore();
        for (int id = 1; id <= MESSAGES_OF_QOS2; id++) {
            store.put("out-" + id, stored(id, EXACTLY_ONCE));
        }
        try (Fixture fixture = new Fixture(library, kept(1000), store)) {
            Peer peer = fixture.connect(true);
            IntFunction<String> again = id -> publishAgain("t", EXACTLY_ONCE, id, hex("" + id));
            expect(fixture, peer, 1, WINDOW_OF_QOS2, again);
            for (int id = 1; id <= MESSAGES_OF_QOS2; id++) {
                peer.send(pubrec(id) + pubcomp(id));
                peer.expect(pubrel(id));
                int next = id + WINDOW_OF_QOS2;
                expect(fixture, peer, next, Math.min(next, MESSAGES_OF_QOS2), again);
            }
        }
    }

    @Test
    void windowOfQos2_holdsForASessionThatTheBrokerForgot() {
        try (Fixture fixture = new Fixture(library, kept(1000))) {
            Peer peer = fixture.connect(false);
            publishAll(fixture, MESSAGES_OF_QOS2, EXACTLY_ONCE);
            IntFunction<String> asNew = id -> publish("t", EXACTLY_ONCE, id, hex("" + id));
            expect(fixture, peer, 1, WINDOW_OF_QOS2, asNew);
            peer.send(pubrec(1));
            peer.expect(pubrel(1));
            peer = fixture.reconnect(false);
            expect(fixture, peer, 1, WINDOW_OF_QOS2, asNew);
        }
    }

    @Test
    void everyMessageOfQos0_isDelivered_inOrder() {
        try (Fixture fixture = new Fixture(library, kept(WINDOW));
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

    private static MqttConfig kept(int window) {
        return MqttConfig.builder()
                .clientId("c")
                .cleanSession(false)
                .maxInflight(window)
                .build();
    }

    private static void publishAll(Fixture fixture, int messages, Qos qos) {
        for (int i = 1; i <= messages; i++) {
            fixture.session.publish(message("" + i, qos));
        }
    }

    /** Reads a packet for each identifier, and no more. */
    private static void expect(Fixture fixture, Peer peer, int from, int to, IntFunction<String> packet) {
        for (int id = from; id <= to; id++) {
            peer.expect(packet.apply(id));
        }
        expectNoMore(fixture, peer);
    }

    /** What is sent now comes next. */
    private static void expectNoMore(Fixture fixture, Peer peer) {
        fixture.connection.channel().send(new Packet.PingReq());
        peer.expect(PINGREQ);
    }

    private static StoredMessage stored(int id, Qos qos) {
        Packet.Publish message = message("" + id, qos);
        return new StoredMessage(
                new Packet.Publish(message.topic(), message.payload(), message.qos(), false, true, id), false);
    }
}
