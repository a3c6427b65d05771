package io.github.cdimqtt.internal.paho;

import static io.github.cdimqtt.internal.paho.Fixture.KEPT;
import static io.github.cdimqtt.internal.paho.Fixture.message;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.client.InboundMessage;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Messages of QoS 2 over several connections: each is handed over once, whatever the broker has forgotten. */
class HeldMessagesTest {
    private static final MqttConfig KEPT_WITHOUT_PINGS = MqttConfig.builder()
            .clientId("c")
            .cleanSession(false)
            .keepalive(Duration.ZERO)
            .build();

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
                it.timer.passOnceScheduled(Duration.ofSeconds(10));
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
}
