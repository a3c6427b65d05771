package io.github.cdimqtt.internal.packet;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.support.Seeded;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** Any bytes are decoded, or refused with a reason. */
class PacketDecoderFuzzTest {
    private static final int INPUTS = 100_000;
    private static final int MAX_SIZE = 100_000;
    private static final byte[] CONNACK = HexFormat.of().parseHex(Packets.connack(false));

    @Test
    void anyBytes_areDecodedOrRefusedWithAReason() {
        Seeded.run("PacketDecoderFuzzTest", random -> {
            int taken = 0;
            for (int i = 0; i < INPUTS; i++) {
                taken += read(RandomPackets.stream(random, 1 + random.nextInt(3))) ? 1 : 0;
            }
            assertThat(taken).isBetween(INPUTS / 100, INPUTS * 9 / 10); // both ways are tried often
        });
    }

    /** Reads to the end. Returns whether all bytes were packets. */
    private static boolean read(byte[] bytes) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(CONNACK);
        all.writeBytes(bytes);
        PacketDecoder packets = new PacketDecoder(
                new ByteArrayInputStream(all.toByteArray()), ProtocolVersion.V3_1_1, MAX_SIZE, count -> {});
        try {
            while (true) {
                if (packets.read() instanceof Packet.Publish message) {
                    check(message, all.size());
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

    private static void check(Packet.Publish message, int size) {
        if (message.topic().isEmpty()
                || message.topic().indexOf('\0') >= 0
                || message.payload().remaining() >= size
                || (message.packetId() == 0) != (message.qos().level() == 0)) {
            throw new AssertionError(message.toString());
        }
    }
}
