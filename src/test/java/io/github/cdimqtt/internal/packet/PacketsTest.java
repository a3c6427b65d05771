package io.github.cdimqtt.internal.packet;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.Qos;
import org.junit.jupiter.api.Test;

class PacketsTest {

    @Test
    void packets_matchTheSpecification() {
        assertThat(Packets.connack(false)).isEqualTo("20020000");
        assertThat(Packets.connack(true)).isEqualTo("20020100");
        assertThat(Packets.connack(5)).isEqualTo("20020005");
        assertThat(Packets.publishOf(Qos.AT_LEAST_ONCE)).isEqualTo("32");
        assertThat(Packets.publish("a", "ff")).isEqualTo("3004000161ff");
        assertThat(Packets.publishRetained("a/b", "ff")).isEqualTo("31060003612f62ff");
        assertThat(Packets.publish("a", Qos.AT_LEAST_ONCE, 9, "ff")).isEqualTo("32060001610009ff");
        assertThat(Packets.publish("a", Qos.EXACTLY_ONCE, 0xfffe, "")).isEqualTo("3405000161fffe");
        assertThat(Packets.publishAgain("a/b", Qos.AT_LEAST_ONCE, 7, "ff")).isEqualTo("3a080003612f620007ff");
        assertThat(Packets.publishAgain("a", Qos.EXACTLY_ONCE, 7, "ff")).isEqualTo("3c060001610007ff");
        assertThat(Packets.puback(7)).isEqualTo("40020007");
        assertThat(Packets.pubrec(7)).isEqualTo("50020007");
        assertThat(Packets.pubrel(7)).isEqualTo("62020007");
        assertThat(Packets.pubcomp(7)).isEqualTo("70020007");
        assertThat(Packets.suback(1, "00", "80", "01")).isEqualTo("90050001008001");
        assertThat(Packets.unsuback(1)).isEqualTo("b0020001");
        assertThat(Packets.fixedHeader(0x30, 0)).isEqualTo("3000");
        assertThat(Packets.fixedHeader(0x30, 127)).isEqualTo("307f");
        assertThat(Packets.fixedHeader(0x30, 128)).isEqualTo("308001");
        assertThat(Packets.fixedHeader(0x30, 321)).isEqualTo("30c102");
        assertThat(Packets.fixedHeader(0x30, 268_435_455)).isEqualTo("30ffffff7f");
        assertThat(Packets.string("küche")).isEqualTo("00066bc3bc636865");
    }
}
