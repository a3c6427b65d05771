package io.github.cdimqtt.internal.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cdimqtt.support.Statement;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ByteWriterTest {

    /** MQTT 5.0, table 1-1. */
    @Statement("MQTT-1.5.5-1")
    @ParameterizedTest
    @CsvSource({
        "0, 00",
        "127, 7f",
        "128, 8001",
        "16383, ff7f",
        "16384, 808001",
        "2097151, ffff7f",
        "2097152, 80808001",
        "268435455, ffffff7f"
    })
    void variable_ofEachLength_takesTheFewestBytes(int value, String bytes) {
        ByteWriter writer = new ByteWriter(0);
        writer.addVariable(value);
        assertThat(hex(writer)).isEqualTo(bytes);
        assertThat(ByteWriter.lengthOfVariable(value)).isEqualTo(bytes.length() / 2);
    }

    @Test
    void numbers_areWrittenWithTheHighestByteFirst() {
        ByteWriter writer = new ByteWriter(1);
        writer.add8(0x01);
        writer.add16(0xfffe);
        writer.add32(0xffff_fffeL);
        assertThat(hex(writer)).isEqualTo("01" + "fffe" + "fffffffe");
    }

    @Test
    void text_ofTheLongestLength_isWritten_andOneByteMoreIsNot() {
        ByteWriter writer = new ByteWriter(1);
        writer.addText("x".repeat(65_535));
        assertThat(writer.length()).isEqualTo(2 + 65_535);
        assertThatThrownBy(() -> writer.addText("x".repeat(65_536)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("65,536 bytes in a field of at most 65,535");
    }

    @Statement("MQTT-1.5.4-3")
    @Test
    void text_thatBeginsWithAByteOrderMark_keepsIt() {
        ByteWriter writer = new ByteWriter(1);
        writer.addText("\ufeffa");
        assertThat(hex(writer)).isEqualTo("0004" + "efbbbf61");
    }

    private static String hex(ByteWriter writer) {
        return HexFormat.of().formatHex(writer.bytes(), 0, writer.length());
    }
}
