package io.github.cdimqtt.internal.session.wire;

import static io.github.cdimqtt.internal.packet.Packets.PINGREQ;
import static io.github.cdimqtt.internal.packet.Packets.PINGRESP;
import static io.github.cdimqtt.internal.packet.Packets.publishOf;
import static io.github.cdimqtt.internal.session.wire.Fixture.CLEAN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.internal.session.WireEvent.Delivered;
import io.github.cdimqtt.internal.transport.PacketChannel;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Pings, on a manual timer, by what real channels count as written and received. */
@ParameterizedClass
@EnumSource
class KeepAliveTest {
    private static final Duration HALF_OF_THE_KEEPALIVE = Duration.ofSeconds(30);

    @Parameter
    Wire wire;

    @Test
    void silence_sendsAPing() throws InterruptedException {
        try (Fixture fixture = new Fixture(wire, CLEAN);
                Peer peer = fixture.connect(false)) {
            fixture.pass(HALF_OF_THE_KEEPALIVE);
            expectPing(fixture, peer);
            peer.send(PINGRESP + wire.publish("a", "ff"));
            fixture.recorder.next(Packet.Publish.class);
            fixture.pass(HALF_OF_THE_KEEPALIVE);
            fixture.pass(HALF_OF_THE_KEEPALIVE);
            peer.expect(PINGREQ);
            fixture.recorder.expectNothing();
        }
    }

    @Test
    void receivedMessage_answersThePing() throws InterruptedException {
        try (Fixture fixture = new Fixture(wire, CLEAN);
                Peer peer = fixture.connect(false)) {
            fixture.pass(HALF_OF_THE_KEEPALIVE);
            expectPing(fixture, peer);
            fixture.pass(HALF_OF_THE_KEEPALIVE);
            fixture.pass(Duration.ofSeconds(29));
            peer.send(wire.publish("a", "ff"));
            fixture.recorder.next(Packet.Publish.class);
            fixture.pass(Duration.ofSeconds(1));
            peer.expect(PINGREQ);
            fixture.recorder.expectNothing();
        }
    }

    @Test
    void trafficBothWays_needsNoPing() throws InterruptedException {
        try (Fixture fixture = new Fixture(wire, CLEAN);
                Peer peer = fixture.connect(false)) {
            for (int i = 0; i < 10; i++) {
                peer.send(wire.publish("a", "ff"));
                fixture.recorder.next(Packet.Publish.class);
                fixture.session.publish(Fixture.message("x", Qos.AT_MOST_ONCE));
                fixture.recorder.next(Delivered.class);
                peer.expect(publishOf(Qos.AT_MOST_ONCE));
                fixture.pass(HALF_OF_THE_KEEPALIVE);
            }
            fixture.pass(HALF_OF_THE_KEEPALIVE);
            peer.expect(PINGREQ);
        }
    }

    /** Longer than the keep-alive, while nothing else can be written and the broker has nothing to say. */
    @Test
    void longMessage_thatTheBrokerTakes_isNoSilence() throws InterruptedException {
        try (Fixture fixture = new Fixture(wire, CLEAN);
                Peer peer = fixture.connect(false)) {
            PacketChannel channel = fixture.connection.channel();
            fixture.session.publish(Fixture.outbound("t", new byte[60_000_000], Qos.AT_MOST_ONCE, false));
            for (int i = 0; i < 10; i++) {
                long sent = channel.bytesSent();
                peer.skip(5_000_000);
                await().until(() -> channel.bytesSent() > sent);
                fixture.pass(HALF_OF_THE_KEEPALIVE);
            }
            assertThat(channel.bytesSent()).isLessThan(60_000_000);
            fixture.recorder.expectNothing();
        }
    }

    @Test
    @Timeout(30)
    void brokerThatTakesNothing_endsTheConnectionWithAReason() throws InterruptedException {
        try (Fixture fixture = new Fixture(wire, CLEAN);
                Peer peer = fixture.connect(false)) {
            fixture.session.publish(Fixture.outbound("t", new byte[60_000_000], Qos.AT_MOST_ONCE, false));
            while (fixture.recorder.isEmpty()) {
                fixture.pass(HALF_OF_THE_KEEPALIVE);
                fixture.session.settle(); // the end is a task that the last one due submits
            }
            assertThat(fixture.recorder.lost()).isEqualTo(fixture.broker.uri() + " took nothing for 60 s");
            peer.hangUp();
        }
    }

    /** Waits for a ping, and until its bytes are counted: that is after they are written, on the thread that writes. */
    private static void expectPing(Fixture fixture, Peer peer) {
        peer.expect(PINGREQ);
        fixture.session.publish(Fixture.message("x", Qos.AT_MOST_ONCE));
        fixture.recorder.next(Delivered.class);
        peer.expect(publishOf(Qos.AT_MOST_ONCE));
    }
}
