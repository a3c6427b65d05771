package io.github.cdimqtt.internal.paho;

import static io.github.cdimqtt.internal.packet.Packets.PINGREQ;
import static io.github.cdimqtt.internal.packet.Packets.PINGRESP;
import static io.github.cdimqtt.internal.packet.Packets.publish;
import static io.github.cdimqtt.internal.packet.Packets.publishOf;
import static io.github.cdimqtt.internal.paho.Fixture.CLEAN;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.transport.InboundMessage;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Pings, on a manual timer. */
class KeepAliveTest {
    private static final Duration KEEPALIVE = Duration.ofSeconds(60);

    @Test
    void silence_sendsAPing() throws InterruptedException {
        try (Fixture fixture = new Fixture(CLEAN);
                Peer peer = fixture.connect(false)) {
            fixture.timer.passOnceScheduled(KEEPALIVE);
            expectPing(fixture, peer);
            peer.send(PINGRESP + publish("a", "ff"));
            fixture.recorder.next(InboundMessage.class);
            fixture.timer.passOnceScheduled(KEEPALIVE);
            peer.expect(PINGREQ);
            fixture.recorder.expectNothing();
        }
    }

    @Test
    void unansweredPing_endsTheConnectionWithAReason() throws InterruptedException {
        try (Fixture fixture = new Fixture(CLEAN);
                Peer peer = fixture.connect(false)) {
            fixture.timer.passOnceScheduled(KEEPALIVE);
            expectPing(fixture, peer);
            fixture.timer.passOnceScheduled(KEEPALIVE);
            assertThat(fixture.recorder.lost())
                    .isEqualTo("no answer to a ping from " + fixture.broker.uri() + " within 60 s");
        }
    }

    @Test
    void receivedMessage_delaysThePing() throws InterruptedException {
        try (Fixture fixture = new Fixture(CLEAN);
                Peer peer = fixture.connect(false)) {
            fixture.timer.passOnceScheduled(KEEPALIVE);
            expectPing(fixture, peer);
            fixture.timer.passOnceScheduled(Duration.ofSeconds(59));
            peer.send(publish("a", "ff"));
            fixture.recorder.next(InboundMessage.class);
            fixture.timer.passOnceScheduled(Duration.ofSeconds(1));
            peer.expect(PINGREQ);
            fixture.recorder.expectNothing();
        }
    }

    @Test
    void noKeepalive_schedulesNoPing() {
        MqttConfig config = MqttConfig.builder().keepalive(Duration.ZERO).build();
        try (Fixture fixture = new Fixture(config);
                Peer peer = fixture.connect(false)) {
            fixture.connection.publish(Fixture.message("x", Qos.AT_MOST_ONCE));
            peer.expect(publishOf(Qos.AT_MOST_ONCE));
            assertThat(fixture.timer.isIdle()).isTrue();
        }
    }

    /** Waits for a ping, and until Paho has counted it: it does so after writing it, on the thread that writes. */
    private static void expectPing(Fixture fixture, Peer peer) {
        peer.expect(PINGREQ);
        fixture.connection.publish(Fixture.message("x", Qos.AT_MOST_ONCE));
        fixture.recorder.next(RecordingTransportListener.Delivered.class);
        peer.expect(publishOf(Qos.AT_MOST_ONCE));
    }
}
