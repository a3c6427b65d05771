package io.github.cdimqtt.internal.paho;

import static io.github.cdimqtt.internal.packet.Packets.CONNECT;
import static io.github.cdimqtt.internal.packet.Packets.DISCONNECT;
import static io.github.cdimqtt.internal.packet.Packets.puback;
import static io.github.cdimqtt.internal.packet.Packets.publish;
import static io.github.cdimqtt.internal.packet.Packets.publishOf;
import static io.github.cdimqtt.internal.paho.Fixture.CLEAN;
import static io.github.cdimqtt.internal.paho.Fixture.KEPT;
import static io.github.cdimqtt.internal.paho.Fixture.message;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.transport.InboundMessage;
import io.github.cdimqtt.internal.transport.OutboundMessage;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Ends, wanted and unwanted. The fixture checks that no thread is left. */
@Timeout(30)
class ClosingTest {

    @Test
    void orderlyClose_saysDisconnectAfterWhatWasSaidBefore() {
        try (Fixture it = new Fixture(CLEAN);
                Peer peer = it.connect(false)) {
            peer.send(publish("a", Qos.AT_LEAST_ONCE, 9, "ff"));
            it.connection.acknowledge(it.recorder.next(InboundMessage.class));
            it.connection.close(true);
            peer.expect(puback(9));
            peer.expect(DISCONNECT);
            peer.expectEnd();
            it.recorder.expectNothing();
        }
    }

    @Test
    void orderlyClose_letsNothingBeOvertakenByDisconnect() {
        try (Fixture it = new Fixture(CLEAN);
                Peer peer = it.connect(false)) {
            String large = "x".repeat(100_000);
            for (int i = 0; i < 20; i++) {
                it.connection.publish(message(large, Qos.AT_MOST_ONCE));
            }
            it.connection.close(true);
            for (int i = 0; i < 20; i++) {
                peer.expect(publishOf(Qos.AT_MOST_ONCE));
            }
            peer.expect(DISCONNECT);
            peer.expectEnd();
        }
    }

    @Test
    void transportClose_waitsForDisconnect() {
        try (Fixture it = new Fixture(CLEAN);
                Peer peer = it.connect(false)) {
            it.connection.close(true);
            it.transport.close();
            assertThat(peer.available()).isEqualTo(2);
            peer.expect(DISCONNECT);
        }
    }

    /** Else the broker, which closes the former connection for the next, might not have read all of it. */
    @Test
    void nextConnection_isBegunWhenTheFormerHasEnded() {
        try (Fixture it = new Fixture(CLEAN);
                Peer peer = it.connect(false)) {
            it.connection.publish(message("x".repeat(20_000_000), Qos.AT_MOST_ONCE));
            it.connection.close(true);
            it.open();
            try (Peer next = it.broker.accept()) {
                next.expect(CONNECT);
                peer.expectEnd(); // in the middle of the message: it was not read, and given up
            }
        }
    }

    @Test
    void orderlyClose_whileTheBrokerFloods_stillSaysDisconnect() {
        try (Fixture it = new Fixture(CLEAN);
                Peer peer = it.connect(false)) {
            for (int i = 0; i < 10_000; i++) {
                peer.send(publish("a", "ff"));
            }
            it.connection.pause();
            it.connection.close(true);
            peer.expect(DISCONNECT);
            peer.expectEnd();
        }
    }

    @Test
    void hardClose_saysNothing() {
        try (Fixture it = new Fixture(CLEAN);
                Peer peer = it.connect(false)) {
            it.connection.close(false);
            it.connection.close(true);
            peer.expectEnd();
            it.recorder.expectNothing();
        }
    }

    /** Paho 1.2.5 sometimes did not wake its sender. */
    @Test
    void hangUpAtOnce50Times_leavesNoThread() {
        try (Fixture it = new Fixture(CLEAN)) {
            List<RecordingTransportListener> recorders = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                it.open();
                recorders.add(it.recorder);
            }
            for (int i = 0; i < 50; i++) {
                it.broker.accept(false).hangUp();
            }
            for (RecordingTransportListener recorder : recorders) {
                recorder.expect(new RecordingTransportListener.Connected(false));
                recorder.lost();
                recorder.expectNothing();
            }
        }
    }

    @Test
    void frozenBroker_isLeftAllTheSame() {
        OutboundMessage message = new OutboundMessage("t", new byte[1_000_000], Qos.AT_MOST_ONCE, false);
        try (Fixture it = new Fixture(CLEAN);
                Peer peer = it.connect(false)) {
            for (int i = 0; i < 20; i++) {
                it.connection.publish(message);
            }
            it.connection.close(true);
            it.transport.close();
            it.awaitNoThread();
            assertThat(peer.available()).isPositive();
        }
    }

    @Test
    void anythingAfterTheEnd_isIgnored() {
        try (Fixture it = new Fixture(KEPT)) {
            it.connect(false);
            it.cut();
            it.connection.publish(message("x", Qos.AT_LEAST_ONCE));
            it.connection.unsubscribe(List.of("x"));
            it.connection.pause();
            it.connection.resume();
            it.connection.close(true);
            it.recorder.expectNothing();
        }
    }
}
