package io.github.cdimqtt.internal.session.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.MqttProperties;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.support.LogRecorder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The bytes of a file in {@code persistence-directory}: an upgrade, or the way back, strands no message unheard. */
class FileFormatTest {
    /** Number, identifier, QoS, retain, PUBREC, topic and payload of a message, written out without the code under test. */
    private static final String MESSAGE =
            "0000000000000005" + "0007" + "02" + "01" + "01" + "00000001" + "61" + "00000002" + "0102";

    private static final MqttProperties PROPERTIES = MqttProperties.builder()
            .text(true)
            .expiry(Duration.ofSeconds(258))
            .contentType("c")
            .responseTopic("r")
            .correlationData(new byte[] {7, 8})
            .user("n", "v")
            .user("n", "")
            .build();

    private static final String PROPERTIES_IN_HEX = "01" + "020000000000000102" + "030000000163" + "080000000172"
            + "09000000020708" + "26000000016e0000000176" + "26000000016e00000000" + "00";

    @RegisterExtension
    final LogRecorder log = LogRecorder.of("io.github.cdimqtt");

    @TempDir
    Path directory;

    private static Packet.Publish message(MqttProperties properties) {
        return new Packet.Publish(
                "a", ByteBuffer.wrap(new byte[] {1, 2}), Qos.EXACTLY_ONCE, true, true, 7, properties, 0, List.of());
    }

    private List<StoredMessage> read() {
        try (MessageStore store = FileMessageStore.open(directory, "me")) {
            return store.read("out-");
        }
    }

    private void write(String hex) throws IOException {
        FileMessageStore.open(directory, "me").close();
        Files.write(file(), HexFormat.of().parseHex(hex));
    }

    private Path file() {
        return directory.resolve("me").resolve("out-7");
    }

    @Test
    void version1_isRead() throws IOException {
        write("01" + MESSAGE);

        assertThat(read()).containsExactly(new StoredMessage(message(MqttProperties.NONE), true));
        assertThat(log.lines()).isEmpty();
    }

    @Test
    void version2_withNothingNew_isRead() throws IOException {
        write("02" + MESSAGE + "00" + "00");

        assertThat(read()).containsExactly(new StoredMessage(message(MqttProperties.NONE), true));
    }

    @Test
    void version2_withEverything_isRead() throws IOException {
        write("02" + MESSAGE + "01" + "00000000000003e8" + PROPERTIES_IN_HEX);

        assertThat(read()).containsExactly(new StoredMessage(message(PROPERTIES), true, 1_000L));
    }

    /** As messages came that are stored until they are handled. */
    @Test
    void responseTopicWithAWildcard_isRead() throws IOException {
        write("02" + MESSAGE + "00" + "080000000123" + "00");

        MqttProperties properties =
                MqttProperties.receivedBuilder().responseTopic("#").build();
        assertThat(read()).containsExactly(new StoredMessage(message(properties), true));
    }

    @Test
    void message_isWrittenAsVersion2() throws IOException {
        write("01" + MESSAGE); // whose number it keeps
        try (MessageStore store = FileMessageStore.open(directory, "me")) {
            store.read("out-");
            store.put("out-7", new StoredMessage(message(PROPERTIES), true, 1_000L));
        }

        assertThat(HexFormat.of().formatHex(Files.readAllBytes(file())))
                .isEqualTo("02" + MESSAGE + "01" + "00000000000003e8" + PROPERTIES_IN_HEX);
    }

    @ParameterizedTest
    @ValueSource(strings = {"00", "03", "ff"})
    void anyOtherVersion_isLeftAlone_andTold(String version) throws IOException {
        write(version + MESSAGE + "00" + "00");

        assertThat(read()).isEmpty();
        assertThat(file()).exists();
        assertThat(log.lines()).singleElement().asString().contains("MQTT-117", "it is of another version");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00" + "04" + "00", // a property that no PUBLISH has
                "00" + "02ffffffffffffffff" + "00", // less than no time
                "00" + "080000000100" + "00", // a response topic of U+0000
                "00" + "030000ffff63" + "00" // longer than the file
            })
    void propertiesThatAreNone_areLeftAlone_andTold(String damaged) throws IOException {
        write("02" + MESSAGE + damaged);

        assertThat(read()).isEmpty();
        assertThat(file()).exists();
        assertThat(log.lines()).singleElement().asString().contains("MQTT-117");
    }

    @Test
    void fileThatIsCutOff_isNoMessage() throws IOException {
        byte[] whole = HexFormat.of().parseHex("02" + MESSAGE + "01" + "00000000000003e8" + PROPERTIES_IN_HEX);
        write("");
        for (int length = 0; length < whole.length; length++) {
            Files.write(file(), Arrays.copyOf(whole, length));
            assertThat(read()).as("%s bytes", length).isEmpty();
        }
    }
}
