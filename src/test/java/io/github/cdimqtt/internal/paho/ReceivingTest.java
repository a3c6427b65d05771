package io.github.cdimqtt.internal.paho;

import static io.github.cdimqtt.internal.paho.Fixture.CLEAN;
import static io.github.cdimqtt.internal.paho.Fixture.KEPT;
import static io.github.cdimqtt.internal.paho.Fixture.message;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.client.InboundMessage;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** What comes from the broker, and what we answer. */
class ReceivingTest {
    @Test
    void qos0_isHandedOver() {
        try (Fixture it = new Fixture(CLEAN);
                Peer peer = it.connect(false)) {
            peer.send("3106" + "0003612f62" + "ff");
            it.recorder.expect(message("a/b", Qos.AT_MOST_ONCE, true, false, 0));
        }
    }

    @Test
    void qos1_isAcknowledgedWhenTheSessionSaysSo() {
        try (Fixture it = new Fixture(CLEAN);
                Peer peer = it.connect(false)) {
            peer.send("3a08" + "0003612f62" + "0007" + "ff" + "3206" + "000161" + "0009" + "ff");
            InboundMessage first = message("a/b", Qos.AT_LEAST_ONCE, false, true, 7);
            InboundMessage second = message("a", Qos.AT_LEAST_ONCE, false, false, 9);
            it.recorder.expect(first);
            it.recorder.expect(second);
            it.connection.acknowledge(second);
            it.connection.acknowledge(first);
            peer.expect("40020009");
            peer.expect("40020007");
        }
    }

    @Test
    void qos2_isHandedOverWhenReleased() {
        try (Fixture it = new Fixture(CLEAN);
                Peer peer = it.connect(false)) {
            peer.send("3406" + "000161" + "0007" + "ff");
            peer.expect("50020007");
            peer.send("3c06" + "000161" + "0007" + "ff");
            peer.expect("50020007");
            it.recorder.expectNothing();
            peer.send("62020007");
            InboundMessage message = it.recorder.next(InboundMessage.class);
            assertThat(message).isEqualTo(message("a", Qos.EXACTLY_ONCE, false, false, 7));
            it.connection.acknowledge(message);
            peer.expect("70020007");
            peer.send("62020007");
            peer.expect("70020007");
            it.recorder.expectNothing();
        }
    }

    @Test
    void message_rightBehindConnack_comesAfterConnected() {
        try (Fixture it = new Fixture(KEPT)) {
            it.open();
            try (Peer peer = it.broker.accept()) {
                peer.expect("10");
                peer.send("20020100" + "3004" + "000161" + "ff");
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
            peer.send("3004" + "000162" + "ff");
            it.connection.publish(Fixture.message("written all the same", Qos.AT_MOST_ONCE));
            peer.expect("30");
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
            peer.send("3004" + "000162" + "ff");
            assertThat(it.recorder.next(InboundMessage.class).payload()).isEqualTo(ByteBuffer.wrap(payload));
            it.recorder.expect(message("b", Qos.AT_MOST_ONCE, false, false, 0));
        }
    }
}
