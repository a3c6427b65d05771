package io.github.cdimqtt.internal.packet;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.MqttProperties;
import io.github.cdimqtt.Qos;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The size of a PUBLISH is that of its bytes. */
class PublishSizeTest {
    private static final int LARGEST = 268_435_455;

    @TempDir
    Path directory;

    private static Packet.Publish message(
            String topic, ByteBuffer payload, Qos qos, MqttProperties properties, int alias) {
        return new Packet.Publish(topic, payload, qos, false, false, 1, properties, alias, List.of());
    }

    private static void assertSizeIsThatOfTheBytes(Packet.Publish message) {
        int size = PacketEncoder.encode(message, ProtocolVersion.V5).length
                + message.payload().remaining();
        assertThat(PublishSize.of(message)).isEqualTo(size);
        assertThat(PublishSize.fits(message, size)).isTrue();
        assertThat(PublishSize.fits(message, size - 1)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 119, 120, 121, 122, 123, 124, 16_375, 16_376, 16_377, 16_378, 16_379, 2_097_150})
    void size_ofEachPayloadAndQos_isThatOfTheBytes(int payload) {
        for (Qos qos : Qos.values()) {
            assertSizeIsThatOfTheBytes(message("t", ByteBuffer.allocate(payload), qos, MqttProperties.NONE, 0));
            assertSizeIsThatOfTheBytes(message("é🏠", ByteBuffer.allocate(payload), qos, MqttProperties.NONE, 9));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 117, 118, 119, 120, 121, 122, 123, 124, 125, 16_379, 16_380, 16_381, 65_535})
    void size_withProperties_isThatOfTheBytes(int length) {
        MqttProperties properties =
                MqttProperties.builder().correlationData(new byte[length]).build();

        assertSizeIsThatOfTheBytes(message("t", ByteBuffer.allocate(3), Qos.AT_LEAST_ONCE, properties, 0));
        assertSizeIsThatOfTheBytes(message("", ByteBuffer.allocate(3), Qos.AT_MOST_ONCE, properties, 9));
    }

    /** Of characters of three bytes, each of which the estimate takes for the longest. */
    @ParameterizedTest
    @CsvSource({"1, 0", "42, 100", "5000, 16000", "21845, 2100000"})
    void largeMessage_isNeverTakenForSmall(int length, int payload) {
        String text = "€".repeat(length);
        MqttProperties.Builder properties = MqttProperties.builder()
                .text(true)
                .expiry(Duration.ofSeconds(1))
                .contentType(text)
                .responseTopic(text)
                .correlationData(new byte[3 * length]);
        for (int user = 0; user < 3; user++) {
            Packet.Publish message =
                    message(text, ByteBuffer.allocate(payload), Qos.EXACTLY_ONCE, properties.build(), 65_535);
            int size = (int) PublishSize.of(message);

            assertThat(PublishSize.isSmall(message, size - 1)).isFalse();
            assertThat(PublishSize.isSmall(message, size + 12)).isTrue();
            properties.user(text, text);
        }
    }

    /** What is published as JSON, without and with more that the application says of it. */
    @Test
    void messageWithProperties_isKnownToBeSmall_withoutEncodingThem() {
        MqttProperties json = MqttProperties.builder()
                .text(true)
                .contentType("application/json")
                .build();
        MqttProperties more = json.toBuilder()
                .expiry(Duration.ofSeconds(60))
                .responseTopic("answers/me")
                .correlationData(new byte[16])
                .user("unit", "°C")
                .build();

        for (MqttProperties each : List.of(MqttProperties.NONE, json, more)) {
            assertThat(PublishSize.isSmall(message("t", ByteBuffer.allocate(100), Qos.AT_LEAST_ONCE, each, 0), 400))
                    .isTrue();
        }
    }

    /** Where both lengths are about to take one more byte. */
    @Test
    void alias_addsFiveBytesAtMost() {
        long most = 0;
        for (int length = 110; length < 130; length++) {
            MqttProperties properties =
                    MqttProperties.builder().correlationData(new byte[length]).build();
            for (int payload = 16_220; payload < 16_270; payload++) {
                ByteBuffer bytes = ByteBuffer.allocate(payload);
                long without = PublishSize.of(message("t", bytes, Qos.AT_LEAST_ONCE, properties, 0));
                long with = PublishSize.of(message("t", bytes, Qos.AT_LEAST_ONCE, properties, 65_535));
                most = Math.max(most, with - without);
            }
        }

        assertThat(most).isEqualTo(PublishSize.OF_ALIAS);
    }

    /** Two bytes each for topic length, topic and identifier; on MQTT 5 the length of the properties, and they. */
    @ParameterizedTest
    @CsvSource({"V3_1_1, 0, 6", "V3_1_1, 200, 6", "V5, 0, 7", "V5, 200, 211"})
    void excess_isWhatNoPacketHolds(ProtocolVersion version, int correlationData, int besides) throws IOException {
        MqttProperties properties = correlationData == 0
                ? MqttProperties.NONE
                : MqttProperties.builder()
                        .correlationData(new byte[correlationData])
                        .build();
        ByteBuffer payload = sparse();
        payload.limit(LARGEST - besides);
        assertThat(PublishSize.excess(message("tt", payload, Qos.AT_LEAST_ONCE, properties, 0), version))
                .isNull();

        payload.limit(LARGEST - besides + 1);
        assertThat(PublishSize.excess(message("tt", payload, Qos.AT_LEAST_ONCE, properties, 0), version))
                .startsWith("a message of 268,435,");
    }

    @Test
    void excess_namesTheProperties_orTheTopic() throws IOException {
        MqttProperties properties =
                MqttProperties.builder().correlationData(new byte[200]).build();

        assertThat(PublishSize.excess(message("t", sparse(), Qos.AT_LEAST_ONCE, properties, 0), ProtocolVersion.V5))
                .isEqualTo("a message of 268,435,455 bytes with properties of 205");
        assertThat(PublishSize.excess(
                        message("é".repeat(32_768), ByteBuffer.allocate(0), Qos.AT_MOST_ONCE, properties, 0),
                        ProtocolVersion.V5))
                .isEqualTo("a topic of 65,536 bytes");
    }

    /** Zeros that take no room, neither on the disk nor in memory. */
    private ByteBuffer sparse() throws IOException {
        try (RandomAccessFile file =
                new RandomAccessFile(directory.resolve("zeros").toFile(), "rw")) {
            file.setLength(LARGEST);
            return file.getChannel().map(MapMode.READ_ONLY, 0, LARGEST);
        }
    }
}
