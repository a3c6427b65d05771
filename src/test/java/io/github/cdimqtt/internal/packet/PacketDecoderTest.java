package io.github.cdimqtt.internal.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cdimqtt.Qos;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PacketDecoderTest {

    @ParameterizedTest
    @ValueSource(strings = {"a", "/", "haus/🏠/temp", "ﷰ", "\ufdd0\uffff", "a\u0001b", "küche/全", "\ufeffbom"})
    void topic_ofAnyCharacters_isRead(String topic) throws IOException {
        assertThat(second(Packets.publish(topic, "")))
                .isEqualTo(new Packet.Publish(topic, ByteBuffer.allocate(0), Qos.AT_MOST_ONCE, false, false, 0));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    3005 0002 61c3 ff   | a message came whose topic is not valid UTF-8: a�
                    3007 0003 eda080 ff | a message came whose topic is not valid UTF-8: �
                    3004 0002 6100      | a message came whose topic is not valid UTF-8: a\\u0000
                    3003 0002 61        | a message came that is cut off or has no topic
                    3002 0000           | a message came that is cut off or has no topic
                    3001 00             | a message came that is cut off or has no topic
                    3000                | a message came that is cut off or has no topic
                    3204 0001 61 00     | a message came that is cut off or has no topic
                    3205 0001 61 0000   | a message of QoS 1 came without a packet identifier
                    3605 0001 61 0001   | a message of QoS 3 came
                    """)
    void badMessage_isExplained(String packet, String words) {
        assertThatThrownBy(() -> second(packet.replace(" ", "") + "ff"))
                .isInstanceOf(MalformedPacketException.class)
                .hasMessage(words);
    }

    /** Returns what is read behind a CONNACK. */
    private static Packet second(String packet) throws IOException {
        byte[] bytes = HexFormat.of().parseHex(Packets.connack(false) + packet);
        PacketDecoder packets =
                new PacketDecoder(new ByteArrayInputStream(bytes), ProtocolVersion.V3_1_1, 1000, count -> {});
        packets.read();
        return packets.read();
    }
}
