package io.github.cdimqtt.internal.session.wire;

import static io.github.cdimqtt.internal.packet.Packets.CONNECT;
import static io.github.cdimqtt.internal.packet.Packets.PINGREQ;
import static io.github.cdimqtt.internal.packet.Packets.fixedHeader;
import static io.github.cdimqtt.internal.packet.Packets.puback;
import static io.github.cdimqtt.internal.packet.Packets.pubcomp;
import static io.github.cdimqtt.internal.packet.Packets.publishOf;
import static io.github.cdimqtt.internal.packet.Packets.pubrec;
import static io.github.cdimqtt.internal.packet.Packets.pubrel;
import static io.github.cdimqtt.internal.packet.Packets.string;
import static io.github.cdimqtt.internal.session.wire.Fixture.CLEAN;
import static io.github.cdimqtt.internal.session.wire.Fixture.KEPT;
import static io.github.cdimqtt.internal.session.wire.Fixture.message;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.internal.session.WireEvent.Connected;
import io.github.cdimqtt.internal.session.WireEvent.Delivered;
import io.github.cdimqtt.support.Statement;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Received messages, and their acknowledgements. */
@ParameterizedClass
@EnumSource
class ReceivingTest {
    @Parameter
    Wire wire;

    @Test
    void qos0_isReceived() {
        try (Fixture fixture = new Fixture(wire, CLEAN);
                Peer peer = fixture.connect(false)) {
            peer.send(wire.publishRetained("a/b", "ff"));
            fixture.recorder.expect(message("a/b", Qos.AT_MOST_ONCE, true, false, 0));
        }
    }

    /** In order of arrival [MQTT-4.6.0-2]. */
    @Statement({"MQTT-2.2.1-5", "MQTT-3.3.4-1", "MQTT-3.4.2-2", "MQTT-3.4.2-3", "MQTT-4.3.2-4", "MQTT-4.6.0-2"})
    @Test
    void qos1_isAcknowledgedWhenThoseBeforeItAre() {
        try (Fixture fixture = new Fixture(wire, CLEAN);
                Peer peer = fixture.connect(false)) {
            peer.send(wire.publishAgain("a/b", Qos.AT_LEAST_ONCE, 7, "ff")
                    + wire.publish("a", Qos.AT_LEAST_ONCE, 9, "ff"));
            Packet.Publish first = fixture.recorder.next(Packet.Publish.class);
            Packet.Publish second = fixture.recorder.next(Packet.Publish.class);
            assertThat(first).isEqualTo(message("a/b", Qos.AT_LEAST_ONCE, false, true, 7));
            assertThat(second).isEqualTo(message("a", Qos.AT_LEAST_ONCE, false, false, 9));
            fixture.session.acknowledge(second);
            fixture.connection.channel().send(new Packet.PingReq());
            peer.expect(PINGREQ);
            fixture.session.acknowledge(first);
            peer.expect(puback(7));
            peer.expect(puback(9));
        }
    }

    @Statement({"MQTT-2.2.1-5", "MQTT-3.3.4-1", "MQTT-3.5.2-2", "MQTT-3.5.2-3", "MQTT-3.7.2-2", "MQTT-3.7.2-3"})
    @Statement({"MQTT-4.3.3-8", "MQTT-4.3.3-10", "MQTT-4.3.3-11"})
    @Test
    void qos2_isReceivedWhenReleased() {
        try (Fixture fixture = new Fixture(wire, CLEAN);
                Peer peer = fixture.connect(false)) {
            peer.send(wire.publish("a", Qos.EXACTLY_ONCE, 7, "ff"));
            peer.expect(pubrec(7));
            peer.send(wire.publishAgain("a", Qos.EXACTLY_ONCE, 7, "ff"));
            peer.expect(pubrec(7));
            fixture.recorder.expectNothing();
            peer.send(pubrel(7));
            Packet.Publish message = fixture.recorder.next(Packet.Publish.class);
            assertThat(message).isEqualTo(message("a", Qos.EXACTLY_ONCE, false, false, 7));
            fixture.session.acknowledge(message);
            peer.expect(pubcomp(7));
            peer.send(pubrel(7));
            peer.expect(wire.pubcompOfUnknown(7));
            fixture.recorder.expectNothing();
        }
    }

    @Test
    void message_rightBehindConnack_isReceivedAfterConnected() {
        try (Fixture fixture = new Fixture(wire, KEPT)) {
            fixture.open();
            try (Peer peer = fixture.broker.accept()) {
                peer.expect(CONNECT);
                peer.send(wire.connack(true) + wire.publish("a", "ff"));
                fixture.recorder.expect(new Connected(true));
                fixture.recorder.expect(message("a", Qos.AT_MOST_ONCE, false, false, 0));
            }
        }
    }

    @Test
    void message_byteByByte_isReceivedWhole() {
        try (Fixture fixture = new Fixture(wire, CLEAN);
                Peer peer = fixture.connect(false)) {
            String content = string("a/b") + wire.noProperties() + "ff";
            int length = content.length() / 2;
            // On 3.1.1 it may have more bytes than it needs.
            String header = wire.isMqtt5() ? fixedHeader(0x30, length) : "30%02x00".formatted(length | 0x80);
            for (byte each : HexFormat.of().parseHex(header + content)) {
                peer.send(each);
            }
            fixture.recorder.expect(message("a/b", Qos.AT_MOST_ONCE, false, false, 0));
        }
    }

    @Test
    void pausedConnection_continuesWhenResumed() {
        try (Fixture fixture = new Fixture(wire, CLEAN);
                Peer peer = fixture.connect(false)) {
            fixture.connection.channel().pause();
            peer.send(wire.publish("b", "ff"));
            fixture.session.publish(Fixture.message("written all the same", Qos.AT_MOST_ONCE));
            peer.expect(publishOf(Qos.AT_MOST_ONCE));
            fixture.recorder.next(Delivered.class);
            fixture.recorder.expectNothing();
            fixture.connection.channel().resume();
            fixture.recorder.expect(message("b", Qos.AT_MOST_ONCE, false, false, 0));
        }
    }

    @Test
    void largeMessage_isReceivedWhole() {
        try (Fixture fixture = new Fixture(wire, CLEAN);
                Peer peer = fixture.connect(false)) {
            byte[] payload = new byte[300_000];
            payload[299_999] = 1;
            String start = string("a") + wire.noProperties();
            peer.send(fixedHeader(0x30, start.length() / 2 + payload.length) + start);
            peer.send(payload);
            peer.send(wire.publish("b", "ff"));
            assertThat(fixture.recorder.next(Packet.Publish.class).payload()).isEqualTo(ByteBuffer.wrap(payload));
            fixture.recorder.expect(message("b", Qos.AT_MOST_ONCE, false, false, 0));
        }
    }
}
