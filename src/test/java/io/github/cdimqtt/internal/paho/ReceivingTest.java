package io.github.cdimqtt.internal.paho;

import static io.github.cdimqtt.internal.packet.Packets.CONNECT;
import static io.github.cdimqtt.internal.packet.Packets.connack;
import static io.github.cdimqtt.internal.packet.Packets.puback;
import static io.github.cdimqtt.internal.packet.Packets.pubcomp;
import static io.github.cdimqtt.internal.packet.Packets.publish;
import static io.github.cdimqtt.internal.packet.Packets.publishAgain;
import static io.github.cdimqtt.internal.packet.Packets.publishOf;
import static io.github.cdimqtt.internal.packet.Packets.publishRetained;
import static io.github.cdimqtt.internal.packet.Packets.pubrec;
import static io.github.cdimqtt.internal.packet.Packets.pubrel;
import static io.github.cdimqtt.internal.paho.Fixture.CLEAN;
import static io.github.cdimqtt.internal.paho.Fixture.KEPT;
import static io.github.cdimqtt.internal.paho.Fixture.message;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.packet.PacketWriter;
import io.github.cdimqtt.internal.transport.InboundMessage;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** What comes from the broker, and what we answer. */
class ReceivingTest {
    @Test
    void qos0_isHandedOver() {
        try (Fixture it = new Fixture(CLEAN);
                Peer peer = it.connect(false)) {
            peer.send(publishRetained("a/b", "ff"));
            it.recorder.expect(message("a/b", Qos.AT_MOST_ONCE, true, false, 0));
        }
    }

    @Test
    void qos1_isAcknowledgedWhenTheSessionSaysSo() {
        try (Fixture it = new Fixture(CLEAN);
                Peer peer = it.connect(false)) {
            peer.send(publishAgain("a/b", Qos.AT_LEAST_ONCE, 7, "ff") + publish("a", Qos.AT_LEAST_ONCE, 9, "ff"));
            InboundMessage first = message("a/b", Qos.AT_LEAST_ONCE, false, true, 7);
            InboundMessage second = message("a", Qos.AT_LEAST_ONCE, false, false, 9);
            it.recorder.expect(first);
            it.recorder.expect(second);
            it.connection.acknowledge(second);
            it.connection.acknowledge(first);
            peer.expect(puback(9));
            peer.expect(puback(7));
        }
    }

    @Test
    void qos2_isHandedOverWhenReleased() {
        try (Fixture it = new Fixture(CLEAN);
                Peer peer = it.connect(false)) {
            peer.send(publish("a", Qos.EXACTLY_ONCE, 7, "ff"));
            peer.expect(pubrec(7));
            peer.send(publishAgain("a", Qos.EXACTLY_ONCE, 7, "ff"));
            peer.expect(pubrec(7));
            it.recorder.expectNothing();
            peer.send(pubrel(7));
            InboundMessage message = it.recorder.next(InboundMessage.class);
            assertThat(message).isEqualTo(message("a", Qos.EXACTLY_ONCE, false, false, 7));
            it.connection.acknowledge(message);
            peer.expect(pubcomp(7));
            peer.send(pubrel(7));
            peer.expect(pubcomp(7));
            it.recorder.expectNothing();
        }
    }

    @Test
    void message_rightBehindConnack_comesAfterConnected() {
        try (Fixture it = new Fixture(KEPT)) {
            it.open();
            try (Peer peer = it.broker.accept()) {
                peer.expect(CONNECT);
                peer.send(connack(true) + publish("a", "ff"));
                it.recorder.expect(new RecordingTransportListener.Connected(true));
                it.recorder.expect(message("a", Qos.AT_MOST_ONCE, false, false, 0));
            }
        }
    }

    @Test
    void message_byteByByte_isWhole() {
        try (Fixture it = new Fixture(CLEAN);
                Peer peer = it.connect(false)) {
            for (int b : new int[] {0x30, 0x86, 0x00, 0, 3, 'a', '/', 'b', 0xff}) {
                peer.send(b);
            }
            it.recorder.expect(message("a/b", Qos.AT_MOST_ONCE, false, false, 0));
        }
    }

    @Test
    void pausedConnection_goesOnWhenResumed() {
        try (Fixture it = new Fixture(CLEAN);
                Peer peer = it.connect(false)) {
            it.connection.pause();
            peer.send(publish("b", "ff"));
            it.connection.publish(Fixture.message("written all the same", Qos.AT_MOST_ONCE));
            peer.expect(publishOf(Qos.AT_MOST_ONCE));
            it.recorder.next(RecordingTransportListener.Delivered.class);
            it.recorder.expectNothing();
            it.connection.resume();
            it.recorder.expect(message("b", Qos.AT_MOST_ONCE, false, false, 0));
        }
    }

    @Test
    void largeMessage_isWhole() {
        try (Fixture it = new Fixture(CLEAN);
                Peer peer = it.connect(false)) {
            byte[] payload = new byte[300_000];
            payload[299_999] = 1;
            peer.send(new PacketWriter().add("a").packet(0x30, payload.length));
            peer.send(payload);
            peer.send(publish("b", "ff"));
            assertThat(it.recorder.next(InboundMessage.class).payload()).isEqualTo(ByteBuffer.wrap(payload));
            it.recorder.expect(message("b", Qos.AT_MOST_ONCE, false, false, 0));
        }
    }
}
