package io.github.cdimqtt.internal.paho;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.internal.packet.PacketType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class PacketOutputStreamTest {
    private final List<String> written = new ArrayList<>();

    private final PacketOutputStream stream = new PacketOutputStream(
            new ByteArrayOutputStream() {
                @Override
                public synchronized void write(byte[] bytes, int offset, int length) {
                    written.add(HexFormat.of().formatHex(bytes, offset, offset + length));
                }
            },
            new byte[] {0x10, 0x7f});

    @Test
    void packet_isFlushed_whenNoMoreArePending() throws IOException {
        expect(3);
        packet("30010a");
        packet("30010b");
        assertThat(written).isEmpty();
        packet("30010c");
        assertThat(written).containsExactly("30010a30010b30010c");
        expect(1);
        packet("40020001");
        assertThat(written).hasSize(2).endsWith("40020001");
    }

    @Test
    void packetsOfPaho_areFlushedToo() throws IOException {
        packet("62020001");
        assertThat(written).containsExactly("62020001");
        expect(1);
        packet("62020002");
        assertThat(written).hasSize(1);
        packet("c000");
        assertThat(written).hasSize(2).endsWith("62020002c000");
        packet("e000");
        assertThat(written).hasSize(3);
        assertThat(stream.disconnected().getCount()).isZero();
    }

    @Test
    void refusedPacket_isNotWaitedFor() throws IOException {
        expect(2);
        stream.cancelExpected(PacketType.PUBLISH);
        packet("30010a");
        assertThat(written).containsExactly("30010a");
    }

    @Test
    void connect_isReplaced() throws IOException {
        assertThat(stream.started().getCount()).isOne();
        packet("10020000");
        assertThat(written).containsExactly("107f");
        assertThat(stream.started().getCount()).isZero();
    }

    @Test
    void largePacket_isWrittenInOrder() throws IOException {
        expect(3);
        packet("30010a");
        packet("30" + "00".repeat(20_000));
        packet("30010b");
        assertThat(written).containsExactly("30010a", "30" + "00".repeat(20_000), "30010b");
    }

    private void expect(int packets) {
        for (int i = 0; i < packets; i++) {
            stream.expect(PacketType.PUBLISH);
        }
    }

    private void packet(String hex) throws IOException {
        stream.write(HexFormat.of().parseHex(hex));
        stream.flush();
    }
}
