package io.github.cdimqtt.internal.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cdimqtt.internal.value.Limits;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PacketReaderTest {

    /** Returns at most {@code size} bytes from each read, and records how large a buffer it was offered. */
    private static final class Pieces extends InputStream {
        private final InputStream bytes;
        private final int size;
        private int offered;

        Pieces(byte[] bytes, int size) {
            this.bytes = new ByteArrayInputStream(bytes);
            this.size = size;
        }

        @Override
        public int read() {
            throw new AssertionError("slow");
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            assertThat(length).isPositive();
            offered = Math.max(offered, offset + length);
            return bytes.read(into, offset, Math.min(length, size));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 1000, 32_768, 1_000_000})
    void packets_ofAnySize_areReadWhole_fromAnyPieces(int piece) throws IOException {
        int[] sizes = {0, 1, 127, 128, 20_000, 32_763, 32_764, 32_765, 32_766, 5, 65_534, 65_536, 200_000, 0, 3};
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int size : sizes) {
            bytes.writeBytes(HexFormat.of().parseHex(Packets.fixedHeader(0x30, size)));
            bytes.writeBytes(content(size));
        }
        AtomicInteger bytesRead = new AtomicInteger();
        PacketReader reader =
                new PacketReader(new Pieces(bytes.toByteArray(), piece), 1_000_000, false, bytesRead::addAndGet);
        for (int size : sizes) {
            reader.next();
            reader.complete();
            assertThat(reader.header()).isEqualTo(0x30);
            assertThat(Arrays.copyOfRange(reader.bytes(), reader.body(), reader.end()))
                    .isEqualTo(content(size));
        }
        assertThatThrownBy(reader::next).isInstanceOf(EOFException.class);
        assertThat(bytesRead).hasValue(bytes.size());
    }

    @Test
    void declaredLength_allocatesNothing_beforeTheBytesArrive() throws IOException {
        Pieces pieces = new Pieces(HexFormat.of().parseHex("30ffffff7f" + "000161"), 1000);
        PacketReader reader = new PacketReader(pieces, Limits.MAX_PACKET, false, count -> {});
        reader.next();
        assertThatThrownBy(reader::complete).isInstanceOf(EOFException.class);
        assertThat(pieces.offered).isLessThanOrEqualTo(65_536);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    30ffffffff7f | false | the length of a packet has more than four bytes
                    30ffffff7f   | false | a packet of 268,435,455 bytes came, more than max-message-size allows (1,000)
                    30ffffff7f   | true  | a packet of 268,435,460 bytes came, more than max-message-size allows (1,000)
                    30e907       | false | a packet of 1,001 bytes came, more than max-message-size allows (1,000)
                    30e607       | true  | a packet of 1,001 bytes came, more than max-message-size allows (1,000)
                    """)
    void badLength_isExplained(String bytes, boolean headerCounts, String message) throws IOException {
        Pieces pieces = new Pieces(HexFormat.of().parseHex(bytes), 1000);
        PacketReader reader = new PacketReader(pieces, 1000, headerCounts, count -> {});
        reader.next();
        assertThatThrownBy(reader::complete)
                .isInstanceOf(MalformedPacketException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource({"30e807, false", "30e507, true"})
    void packet_ofTheMostBytes_isRead(String header, boolean headerCounts) throws IOException {
        Pieces pieces = new Pieces(HexFormat.of().parseHex(header + "00".repeat(1000)), 1000);
        PacketReader reader = new PacketReader(pieces, 1000, headerCounts, count -> {});
        reader.next();
        reader.complete();
        assertThat(headerCounts ? reader.end() - reader.start() : reader.end() - reader.body())
                .isEqualTo(1000);
    }

    private static byte[] content(int size) {
        byte[] content = new byte[size];
        for (int i = 0; i < size; i++) {
            content[i] = (byte) (i * 31 + size);
        }
        return content;
    }
}
