package io.github.cdimqtt.internal.paho;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.internal.packet.MalformedPacketException;
import io.github.cdimqtt.internal.packet.PacketReader;
import io.github.cdimqtt.internal.packet.PacketType;
import io.github.cdimqtt.internal.packet.PacketWriter;
import io.github.cdimqtt.internal.packet.Packets;
import io.github.cdimqtt.internal.packet.PublishReader;
import io.github.cdimqtt.internal.transport.InboundMessage;
import io.github.cdimqtt.testing.Seeded;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Any bytes from a broker are received, or end the connection with a reason. */
class PacketFuzzTest {
    private static final int INPUTS = 100_000;
    private static final int CONNECTIONS = 150;
    private static final int MAX_SIZE = 100_000;

    @Test
    void anyBytes_areDecodedOrRefusedWithAReason() {
        Seeded.run("PacketFuzzTest", random -> {
            int taken = 0;
            for (int i = 0; i < INPUTS; i++) {
                taken += read(stream(random, 1 + random.nextInt(3))) ? 1 : 0;
            }
            assertThat(taken).isBetween(INPUTS / 100, INPUTS * 9 / 10); // both ways are tried often
        });
    }

    /** Reads to the end. Returns whether all bytes were packets. */
    private static boolean read(byte[] bytes) {
        PacketReader packet = new PacketReader(new ByteArrayInputStream(bytes), MAX_SIZE, count -> {});
        try {
            while (true) {
                packet.next();
                if (packet.bytes().length > Math.max(32 * 1024, 2 * bytes.length)) {
                    throw new AssertionError(packet.bytes().length + " bytes of memory for " + bytes.length);
                }
                if (PacketType.of(packet.header()) == PacketType.PUBLISH) {
                    check(PublishReader.read(packet), packet);
                } else {
                    PacketType.checkReceived(packet.header(), packet.end() - packet.body());
                }
            }
        } catch (EOFException end) {
            return true;
        } catch (MalformedPacketException reason) {
            assertThat(reason.getMessage()).isNotBlank();
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void check(InboundMessage message, PacketReader packet) {
        int size = packet.end() - packet.body();
        if (message.topic().isEmpty()
                || message.topic().indexOf('\0') >= 0
                || message.payload().remaining() >= size
                || (message.packetId() == 0) != (message.qos().level() == 0)) {
            throw new AssertionError(message.toString());
        }
    }

    /** With real sockets and Paho behind them: no thread dies or hangs, and the next connection works. */
    @Test
    @Timeout(60)
    void anyBytes_areReceivedOrEndTheConnectionWithAReason() {
        Seeded.run("PacketFuzzTest, connections", random -> {
            MqttConfig config = MqttConfig.builder()
                    .clientId("c")
                    .cleanSession(false)
                    .maxMessageSize(MAX_SIZE)
                    .build();
            try (Fixture fixture = new Fixture(config)) {
                for (int i = 0; i < CONNECTIONS; i++) {
                    boolean accepted = random.nextInt(8) > 0;
                    fixture.open();
                    try (Peer peer = fixture.broker.accept()) {
                        peer.expect(Packets.CONNECT);
                        if (accepted) {
                            peer.send(Packets.connack(random.nextBoolean()));
                        }
                        try {
                            peer.send(stream(random, 1 + random.nextInt(20)));
                        } catch (UncheckedIOException hungUp) {
                            // The client has closed the connection.
                        }
                    }
                    assertThat(fixture.recorder
                                    .find(RecordingTransportListener.Lost.class)
                                    .cause())
                            .hasMessageContaining(fixture.broker.uri())
                            .hasMessageNotContainingAny("Exception", "Paho", "null");
                }
            }
        });
    }

    /** Packets, most of them right, some of them damaged. */
    private static byte[] stream(Random random, int packets) {
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        for (int i = 0; i < packets; i++) {
            byte[] packet = packet(random);
            for (int damage = random.nextInt(8) - 5; damage > 0 && packet.length > 0; damage--) {
                int at = random.nextInt(random.nextBoolean() ? packet.length : Math.min(packet.length, 6));
                switch (random.nextInt(4)) {
                    case 0 -> packet = Arrays.copyOf(packet, at);
                    case 1 -> packet[at] = (byte) random.nextInt();
                    case 2 -> packet[at] ^= (byte) (1 << random.nextInt(8));
                    default -> packet[at] = (byte) 0xff;
                }
            }
            stream.writeBytes(packet);
        }
        return stream.toByteArray();
    }

    private static byte[] packet(Random random) {
        int id = 1 + random.nextInt(3);
        int qos = random.nextInt(3);
        return switch (random.nextInt(10)) {
            case 0 -> new byte[] {(byte) 0xd0, 0};
            case 1 -> new byte[] {0x20, 2, (byte) random.nextInt(2), (byte) random.nextInt(7)};
            case 2 -> new byte[] {(byte) (Seeded.oneOf(random, 4, 5, 7, 11) << 4), 2, 0, (byte) id};
            case 3 -> new byte[] {0x62, 2, 0, (byte) id};
            case 4 -> new byte[] {(byte) 0x90, 3, 0, (byte) id, (byte) (int) Seeded.oneOf(random, 0, 1, 2, 0x80, 3)};
            default -> {
                PacketWriter writer = new PacketWriter()
                        .add(Seeded.oneOf(random, "a", "a/b", "\ud83d\ude00", "#", "\uFFFF", "never/subscribed"));
                if (qos > 0) {
                    writer.add16(id);
                }
                byte[] payload = new byte[random.nextInt(50) == 0 ? 70_000 : random.nextInt(200)];
                byte[] head = writer.packet(0x30 | random.nextInt(2) << 3 | qos << 1, payload.length);
                byte[] whole = Arrays.copyOf(head, head.length + payload.length);
                System.arraycopy(payload, 0, whole, head.length, payload.length);
                yield whole;
            }
        };
    }
}
