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

/** Ends of a connection, wanted and unwanted. The fixture checks that no thread is left. */
@Timeout(30)
class ClosingTest {

    @Test
    void orderlyClose_sendsDisconnectAfterQueuedPackets() {
        try (Fixture fixture = new Fixture(CLEAN);
                Peer peer = fixture.connect(false)) {
            peer.send(publish("a", Qos.AT_LEAST_ONCE, 9, "ff"));
            fixture.connection.acknowledge(fixture.recorder.next(InboundMessage.class));
            fixture.connection.close(true);
            peer.expect(puback(9));
            peer.expect(DISCONNECT);
            peer.expectEnd();
            fixture.recorder.expectNothing();
        }
    }

    @Test
    void orderlyClose_sendsDisconnectLast() {
        try (Fixture fixture = new Fixture(CLEAN);
                Peer peer = fixture.connect(false)) {
            String large = "x".repeat(100_000);
            for (int i = 0; i < 20; i++) {
                fixture.connection.publish(message(large, Qos.AT_MOST_ONCE));
            }
            fixture.connection.close(true);
            for (int i = 0; i < 20; i++) {
                peer.expect(publishOf(Qos.AT_MOST_ONCE));
            }
            peer.expect(DISCONNECT);
            peer.expectEnd();
        }
    }

    @Test
    void transportClose_waitsForDisconnect() {
        try (Fixture fixture = new Fixture(CLEAN);
                Peer peer = fixture.connect(false)) {
            fixture.connection.close(true);
            fixture.transport.close();
            assertThat(peer.available()).isEqualTo(2);
            peer.expect(DISCONNECT);
        }
    }

    /** Else the broker, which closes the former connection for the next, might not have read all of it. */
    @Test
    void nextConnection_isOpenedAfterThePreviousEnded() {
        try (Fixture fixture = new Fixture(CLEAN);
                Peer peer = fixture.connect(false)) {
            fixture.connection.publish(message("x".repeat(20_000_000), Qos.AT_MOST_ONCE));
            fixture.connection.close(true);
            fixture.open();
            try (Peer next = fixture.broker.accept()) {
                next.expect(CONNECT);
                peer.expectEnd(); // in the middle of the message: it was not read, and given up
            }
        }
    }

    @Test
    void orderlyClose_whileTheBrokerFloods_sendsDisconnect() {
        try (Fixture fixture = new Fixture(CLEAN);
                Peer peer = fixture.connect(false)) {
            for (int i = 0; i < 10_000; i++) {
                peer.send(publish("a", "ff"));
            }
            fixture.connection.pause();
            fixture.connection.close(true);
            peer.expect(DISCONNECT);
            peer.expectEnd();
        }
    }

    @Test
    void hardClose_sendsNothing() {
        try (Fixture fixture = new Fixture(CLEAN);
                Peer peer = fixture.connect(false)) {
            fixture.connection.close(false);
            fixture.connection.close(true);
            peer.expectEnd();
            fixture.recorder.expectNothing();
        }
    }

    /** Paho 1.2.5 sometimes did not wake its sender. */
    @Test
    void hangUpAtOnce50Times_leavesNoThread() {
        try (Fixture fixture = new Fixture(CLEAN)) {
            List<RecordingTransportListener> recorders = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                fixture.open();
                recorders.add(fixture.recorder);
            }
            for (int i = 0; i < 50; i++) {
                fixture.broker.accept(false).hangUp();
            }
            for (RecordingTransportListener recorder : recorders) {
                recorder.expect(new RecordingTransportListener.Connected(false));
                recorder.lost();
                recorder.expectNothing();
            }
        }
    }

    @Test
    void orderlyClose_ofAFrozenBroker_ends() {
        OutboundMessage message = new OutboundMessage("t", new byte[1_000_000], Qos.AT_MOST_ONCE, false);
        try (Fixture fixture = new Fixture(CLEAN);
                Peer peer = fixture.connect(false)) {
            for (int i = 0; i < 20; i++) {
                fixture.connection.publish(message);
            }
            fixture.connection.close(true);
            fixture.transport.close();
            fixture.awaitNoThread();
            assertThat(peer.available()).isPositive();
        }
    }

    @Test
    void callsAfterTheEnd_areIgnored() {
        try (Fixture fixture = new Fixture(KEPT)) {
            fixture.connect(false);
            fixture.cut();
            fixture.connection.publish(message("x", Qos.AT_LEAST_ONCE));
            fixture.connection.unsubscribe(List.of("x"));
            fixture.connection.pause();
            fixture.connection.resume();
            fixture.connection.close(true);
            fixture.recorder.expectNothing();
        }
    }
}
