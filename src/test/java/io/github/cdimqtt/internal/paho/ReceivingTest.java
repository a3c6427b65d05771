package io.github.cdimqtt.internal.paho;

import static io.github.cdimqtt.internal.paho.Fixture.CLEAN;
import static io.github.cdimqtt.internal.paho.Fixture.KEPT;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.client.InboundMessage;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What comes from the broker, and what we answer. */
class ReceivingTest {
    private static final MqttConfig KEPT_WITHOUT_PINGS = MqttConfig.builder()
            .clientId("c")
            .cleanSession(false)
            .keepalive(Duration.ZERO)
            .build();

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
    void qos2_cutBeforePubrel_isHandedOverOnTheNextConnection() {
        try (Fixture it = new Fixture(KEPT)) {
            try (Peer peer = it.connect(false)) {
                peer.send("3406" + "000161" + "0007" + "ff");
                peer.expect("50020007");
                it.cut(peer);
            }
            try (Peer peer = it.connect(true)) {
                peer.send("62020007");
                it.recorder.expect(message("a", Qos.EXACTLY_ONCE, false, false, 7));
            }
        }
    }

    @Test
    void qos2_cutBeforePubcomp_isHandedOverAgain() {
        InboundMessage message = message("a", Qos.EXACTLY_ONCE, false, false, 7);
        try (Fixture it = new Fixture(KEPT)) {
            try (Peer peer = it.connect(false)) {
                peer.send("3406" + "000161" + "0007" + "ff" + "62020007");
                it.recorder.expect(message);
                it.cut(peer);
            }
            try (Peer peer = it.connect(true)) {
                peer.send("62020007");
                it.connection.acknowledge(it.recorder.next(InboundMessage.class));
                peer.expect("70020007");
                it.cut(peer);
            }
            try (Peer peer = it.connect(true)) {
                peer.send("62020007");
                peer.expect("70020007");
                it.recorder.expectNothing();
            }
        }
    }

    @Test
    void qos2_doneAfterTheCut_isAnsweredOnTheNextConnection() {
        try (Fixture it = new Fixture(KEPT)) {
            InboundMessage message;
            try (Peer peer = it.connect(false)) {
                peer.send("3406" + "000161" + "0007" + "ff" + "62020007");
                message = it.recorder.next(InboundMessage.class);
                it.cut(peer);
                it.connection.acknowledge(message);
            }
            try (Peer peer = it.connect(true)) {
                peer.send("62020007");
                peer.expect("70020007");
                it.recorder.expectNothing();
                peer.send("3406" + "000161" + "0007" + "ff" + "62020007");
                it.recorder.expect(message);
                it.connection.acknowledge(message);
                peer.expect("50020007");
                peer.send("62020007");
                it.recorder.expect(message); // That was another message with the same identifier.
            }
        }
    }

    @Test
    void qos2_anotherMessageUnderAnIdentifierInUse_isHandedOverAndTheFirstOneBeforeIt() {
        try (Fixture it = new Fixture(KEPT)) {
            try (Peer peer = it.connect(false)) {
                peer.send("3406" + "000161" + "0007" + "fe");
                peer.expect("50020007");
                it.cut(peer);
            }
            try (Peer peer = it.connect(true)) {
                peer.send("3c06" + "000161" + "0007" + "ff");
                it.recorder.expect(message("a", 0xfe, Qos.EXACTLY_ONCE, false, false, 0));
                peer.expect("50020007");
                peer.send("62020007");
                it.recorder.expect(message("a", 0xff, Qos.EXACTLY_ONCE, false, true, 7));
            }
        }
    }

    @Test
    void qos2_sentAgainWhileInWork_isDoneWhenTheFirstIs() {
        try (Fixture it = new Fixture(KEPT)) {
            InboundMessage message;
            try (Peer peer = it.connect(false)) {
                peer.send("3406" + "000161" + "0007" + "ff" + "62020007");
                message = it.recorder.next(InboundMessage.class);
                it.cut(peer);
            }
            try (Peer peer = it.connect(true)) {
                peer.send("3c06" + "000161" + "0007" + "ff" + "62020007");
                peer.expect("50020007");
                it.recorder.expect(message);
                it.connection.acknowledge(message);
                peer.expect("70020007");
                peer.send("62020007");
                peer.expect("70020007");
                it.recorder.expectNothing();
            }
        }
    }

    @Test
    void qos2_ofASessionThatIsGone_isHandedOverBecauseNobodySendsItAgain() {
        try (Fixture it = new Fixture(KEPT)) {
            try (Peer peer = it.connect(false)) {
                peer.send("3406" + "000161" + "0008" + "fe" + "3406" + "000161" + "0007" + "ff");
                peer.expect("50020008");
                peer.expect("50020007");
                it.cut(peer);
            }
            try (Peer peer = it.connect(false)) {
                InboundMessage first = it.recorder.next(InboundMessage.class);
                InboundMessage second = it.recorder.next(InboundMessage.class);
                assertThat(first).isEqualTo(message("a", 0xfe, Qos.EXACTLY_ONCE, false, false, 0));
                assertThat(second).isEqualTo(message("a", 0xff, Qos.EXACTLY_ONCE, false, false, 0));
                peer.send("62020007");
                peer.expect("70020007");
                it.recorder.expectNothing();
            }
        }
    }

    @Test
    void qos2_inWorkWhenTheSessionIsGone_isNotHandedOverAgainNorAnswered() {
        try (Fixture it = new Fixture(KEPT)) {
            InboundMessage message;
            try (Peer peer = it.connect(false)) {
                peer.send("3406" + "000161" + "0007" + "ff" + "62020007");
                message = it.recorder.next(InboundMessage.class);
                it.cut(peer);
            }
            try (Peer peer = it.connect(false)) {
                peer.send("3406" + "000161" + "0007" + "ff");
                peer.expect("50020007");
                it.connection.acknowledge(message);
                it.recorder.expectNothing();
                peer.send("62020007");
                it.connection.acknowledge(it.recorder.next(InboundMessage.class));
                peer.expect("70020007");
            }
        }
    }

    @Test
    void qos2_thatIsNotReleasedAfterAReconnect_isHandedOverOnce() throws InterruptedException {
        try (Fixture it = new Fixture(KEPT_WITHOUT_PINGS)) {
            try (Peer peer = it.connect(false)) {
                peer.send("3406" + "000161" + "0007" + "fe" + "3406" + "000161" + "0008" + "ff");
                peer.expect("50020007");
                peer.expect("50020008");
                it.cut(peer);
            }
            try (Peer peer = it.connect(true)) {
                peer.send("62020008");
                it.connection.acknowledge(it.recorder.next(InboundMessage.class));
                peer.expect("70020008");
                it.timer.pass(Duration.ofSeconds(10));
                it.recorder.expect(message("a", 0xfe, Qos.EXACTLY_ONCE, false, false, 0));
                peer.send("3c06" + "000161" + "0007" + "fe" + "62020007"); // The broker was only slow.
                peer.expect("50020007");
                peer.expect("70020007");
                it.recorder.expectNothing();
                peer.send("3c06" + "000161" + "0007" + "fe" + "62020007"); // Now it is another message.
                peer.expect("50020007");
                it.recorder.expect(message("a", 0xfe, Qos.EXACTLY_ONCE, false, true, 7));
            }
        }
    }

    @Test
    void message_rightBehindConnack_comesAfterConnected() {
        try (Fixture it = new Fixture(KEPT)) {
            it.open();
            try (Peer peer = it.broker.accept()) {
                peer.expect("10");
                peer.send("20020100" + "3004" + "000161" + "ff");
                it.recorder.expect(new Recorder.Connected(true));
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
            it.recorder.next(Recorder.Delivered.class);
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

    private static InboundMessage message(String topic, Qos qos, boolean retained, boolean duplicate, int id) {
        return message(topic, 0xff, qos, retained, duplicate, id);
    }

    private static InboundMessage message(
            String topic, int payload, Qos qos, boolean retained, boolean duplicate, int id) {
        return new InboundMessage(topic, ByteBuffer.wrap(new byte[] {(byte) payload}), qos, retained, duplicate, id);
    }
}
