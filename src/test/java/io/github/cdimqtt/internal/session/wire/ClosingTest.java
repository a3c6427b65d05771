package io.github.cdimqtt.internal.session.wire;

import static io.github.cdimqtt.internal.packet.Packets.DISCONNECT;
import static io.github.cdimqtt.internal.packet.Packets.puback;
import static io.github.cdimqtt.internal.packet.Packets.publishOf;
import static io.github.cdimqtt.internal.session.wire.Fixture.CLEAN;
import static io.github.cdimqtt.internal.session.wire.Fixture.KEPT;
import static io.github.cdimqtt.internal.session.wire.Fixture.message;
import static io.github.cdimqtt.internal.session.wire.Fixture.outbound;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.net.tls.SecureServer;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.internal.session.WireEvent.Connected;
import io.github.cdimqtt.internal.transport.PacketChannel;
import io.github.cdimqtt.support.Statement;
import io.github.cdimqtt.support.TestAuthority;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Ends of a connection, wanted and unwanted. The fixture checks that no thread is left. */
@Timeout(30)
@ParameterizedClass
@EnumSource
class ClosingTest {
    @Parameter
    Wire wire;

    @Statement({"MQTT-3.14.4-1", "MQTT-3.14.4-2"})
    @Test
    void orderlyClose_sendsDisconnectAfterQueuedPackets() {
        try (Fixture fixture = new Fixture(wire, CLEAN);
                Peer peer = fixture.connect(false)) {
            peer.send(wire.publish("a", Qos.AT_LEAST_ONCE, 9, "ff"));
            fixture.session.acknowledge(fixture.recorder.next(Packet.Publish.class));
            fixture.connection.close(true);
            peer.expect(puback(9));
            peer.expect(DISCONNECT);
            peer.expectEnd();
            fixture.recorder.expectNothing();
        }
    }

    @Statement({"MQTT-3.14.4-1", "MQTT-3.14.4-2"})
    @Test
    void orderlyClose_sendsDisconnectLast() {
        try (Fixture fixture = new Fixture(wire, CLEAN);
                Peer peer = fixture.connect(false)) {
            String large = "x".repeat(100_000);
            for (int i = 0; i < 20; i++) {
                fixture.session.publish(message(large, Qos.AT_MOST_ONCE));
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
    void orderlyClose_completesWhenDisconnectIsWritten() {
        try (Fixture fixture = new Fixture(wire, CLEAN);
                Peer peer = fixture.connect(false)) {
            fixture.connection.close(true).join();
            assertThat(peer.available()).isEqualTo(2);
            peer.expect(DISCONNECT);
        }
    }

    @Test
    void orderlyClose_inTheMiddleOfAMessage_completesWhenTheConnectionHasEnded() {
        try (Fixture fixture = new Fixture(wire, CLEAN);
                Peer peer = fixture.connect(false)) {
            fixture.session.publish(message("x".repeat(20_000_000), Qos.AT_MOST_ONCE));
            fixture.connection.close(true).join();
            peer.expectEnd(); // in the middle of the message: it was not read, and given up
        }
    }

    @Test
    void orderlyClose_whileTheBrokerFloods_sendsDisconnect() {
        try (Fixture fixture = new Fixture(wire, CLEAN);
                Peer peer = fixture.connect(false)) {
            for (int i = 0; i < 10_000; i++) {
                peer.send(wire.publish("a", "ff"));
            }
            fixture.connection.channel().pause();
            fixture.connection.close(true);
            peer.expect(DISCONNECT);
            peer.expectEnd();
        }
    }

    @Test
    void hardClose_sendsNothing() {
        try (Fixture fixture = new Fixture(wire, CLEAN);
                Peer peer = fixture.connect(false)) {
            fixture.connection.close(false);
            fixture.connection.close(true);
            peer.expectEnd();
            fixture.recorder.expectNothing();
        }
    }

    /** Paho 1.2.5 alone sometimes does not wake its sender. */
    @Test
    void hangUpAtOnce50Times_leavesNoThread() {
        try (Fixture fixture = new Fixture(wire, CLEAN)) {
            List<RecordedEvents> recorders = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                fixture.open();
                recorders.add(fixture.recorder);
            }
            for (int i = 0; i < 50; i++) {
                fixture.broker.accept(false).hangUp();
            }
            for (RecordedEvents recorder : recorders) {
                recorder.expect(new Connected(false));
                recorder.lost();
                recorder.expectNothing();
            }
        }
    }

    @Test
    void orderlyClose_ofAFrozenBroker_ends() {
        Packet.Publish message = outbound("t", new byte[1_000_000], Qos.AT_MOST_ONCE, false);
        try (Fixture fixture = new Fixture(wire, CLEAN);
                Peer peer = fixture.connect(false)) {
            for (int i = 0; i < 20; i++) {
                fixture.session.publish(message);
            }
            fixture.connection.close(true).join();
            fixture.awaitNoThread();
            assertThat(peer.available()).isPositive();
        }
    }

    /** TLS would wait for the thread that writes, before it ends its output. */
    @Test
    void orderlyClose_ofAFrozenBrokerOverTls_ends(@TempDir Path files) {
        Packet.Publish message = outbound("t", new byte[1_000_000], Qos.AT_MOST_ONCE, false);
        TestAuthority authority = new TestAuthority("the authority");
        try (SecureServer server = new SecureServer(authority.issue("localhost"), null).frozen();
                Fixture fixture = new Fixture(wire, TlsClient.config(authority.trusted(files)))) {
            fixture.open(server.uri("localhost"));
            fixture.recorder.expect(new Connected(false));
            for (int i = 0; i < 20; i++) {
                fixture.session.publish(message);
            }
            fixture.connection.close(true).join();
            fixture.awaitNoThread();
        }
    }

    @Test
    void callsAfterTheEnd_areIgnored() {
        try (Fixture fixture = new Fixture(wire, KEPT)) {
            fixture.connect(false);
            fixture.cut();
            PacketChannel channel = fixture.connection.channel();
            channel.send(new Packet.PubAck(1));
            channel.pause();
            channel.resume();
            channel.close(new Packet.Disconnect()).join();
            fixture.session.publish(message("x", Qos.AT_LEAST_ONCE));
            fixture.connection.close(true).join();
            fixture.recorder.expectNothing();
        }
    }
}
