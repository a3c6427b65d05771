package io.github.cdimqtt.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PacketCutterTest {

    /** PINGREQ, PUBACK of 7, then a PUBLISH of QoS 1 with a body of 10 bytes. */
    private static final String LINE = "c000" + "40020007" + "320a0001610009" + "68656c6c6f";

    @ParameterizedTest
    @CsvSource({"PINGREQ, 1", "PUBACK, 4", "PUBLISH_QOS_1, 12", "PUBLISH_QOS_0, 18", "CONNECT, 18"})
    void connection_isCutInTheMiddleOfThePacket_inWhateverPiecesItArrives(Packet kind, int expected) {
        byte[] line = HexFormat.of().parseHex(LINE);
        for (int piece = 1; piece <= line.length; piece++) {
            PacketCutter cutter = new PacketCutter(kind::begins, packet -> {});
            int passed = 0;
            for (int at = 0; at < line.length && !cutter.isCut(); at += piece) {
                byte[] bytes = Arrays.copyOfRange(line, at, Math.min(line.length, at + piece));
                passed += cutter.pass(bytes, bytes.length);
            }
            // Of a packet of two bytes that arrives byte by byte, half is forwarded before its length is known.
            assertThat(passed).as("in pieces of %d", piece).isEqualTo(expected);
            assertThat(cutter.isCut()).isEqualTo(expected < line.length);
        }
    }

    @Test
    void packetsThatPass_areReported() {
        byte[] line = HexFormat.of().parseHex(LINE);
        List<String> reported = new ArrayList<>();
        PacketCutter cutter = new PacketCutter(
                Packet.PUBLISH_QOS_1::begins,
                packet -> reported.add(HexFormat.of().formatHex(packet)));
        cutter.pass(line, line.length);
        assertThat(reported).containsExactly("c000", "40020007");
    }

    @Test
    void longPacket_isCutFarFromItsHeader() {
        byte[] line = new byte[3 + 1000];
        line[0] = 0x30;
        line[1] = (byte) (1000 & 0x7f | 0x80);
        line[2] = (byte) (1000 >> 7);
        PacketCutter cutter = new PacketCutter(Packet.PUBLISH_QOS_0::begins, packet -> {});

        assertThat(cutter.pass(line, line.length)).isEqualTo(501);
    }

    @Test
    void duplicateAndRetained_areOfThatKind() {
        assertThat(Packet.PUBLISH_QOS_1.begins(0x3b)).isTrue();
        assertThat(Packet.PUBLISH_QOS_1.begins(0x3d)).isFalse();
    }
}
