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

/** Pings, on the session's time. */
class KeepAliveTest {
    private static final Duration KEEPALIVE = Duration.ofSeconds(60);

    @Test
    void silence_isBrokenByAPing() throws InterruptedException {
        try (Fixture it = new Fixture(CLEAN);
                Peer peer = it.connect(false)) {
            it.timer.passOnceScheduled(KEEPALIVE);
            expectPing(it, peer);
            peer.send(PINGRESP + publish("a", "ff"));
            it.recorder.next(InboundMessage.class);
            it.timer.passOnceScheduled(KEEPALIVE);
            peer.expect(PINGREQ);
            it.recorder.expectNothing();
        }
    }

    @Test
    void unansweredPing_endsTheConnectionInWords() throws InterruptedException {
        try (Fixture it = new Fixture(CLEAN);
                Peer peer = it.connect(false)) {
            it.timer.passOnceScheduled(KEEPALIVE);
            expectPing(it, peer);
            it.timer.passOnceScheduled(KEEPALIVE);
            assertThat(it.recorder.lost()).isEqualTo("no answer to a ping from " + it.broker.uri() + " within 60 s");
        }
    }

    @Test
    void messages_countAsASignOfLife() throws InterruptedException {
        try (Fixture it = new Fixture(CLEAN);
                Peer peer = it.connect(false)) {
            it.timer.passOnceScheduled(KEEPALIVE);
            expectPing(it, peer);
            it.timer.passOnceScheduled(Duration.ofSeconds(59));
            peer.send(publish("a", "ff"));
            it.recorder.next(InboundMessage.class);
            it.timer.passOnceScheduled(Duration.ofSeconds(1));
            peer.expect(PINGREQ);
            it.recorder.expectNothing();
        }
    }

    @Test
    void noKeepalive_needsNoTime() {
        MqttConfig config = MqttConfig.builder().keepalive(Duration.ZERO).build();
        try (Fixture it = new Fixture(config);
                Peer peer = it.connect(false)) {
            it.connection.publish(Fixture.message("x", Qos.AT_MOST_ONCE));
            peer.expect(publishOf(Qos.AT_MOST_ONCE));
            assertThat(it.timer.isIdle()).isTrue();
        }
    }

    /** Waits for a ping, and until Paho has counted it: it does so after writing it, on the thread that writes. */
    private static void expectPing(Fixture it, Peer peer) {
        peer.expect(PINGREQ);
        it.connection.publish(Fixture.message("x", Qos.AT_MOST_ONCE));
        it.recorder.next(RecordingTransportListener.Delivered.class);
        peer.expect(publishOf(Qos.AT_MOST_ONCE));
    }
}
