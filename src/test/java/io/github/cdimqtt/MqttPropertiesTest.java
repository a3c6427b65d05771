package io.github.cdimqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cdimqtt.support.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MqttPropertiesTest {
    private static final MqttProperties FULL = MqttProperties.builder()
            .contentType("application/json")
            .responseTopic("reply/1")
            .correlationData(new byte[] {0, -1})
            .expiry(Duration.ofMinutes(1))
            .text(true)
            .user("trace", "1")
            .user("other", "2")
            .user("trace", "3")
            .build();

    @Test
    void none_hasNothing() {
        assertThat(MqttProperties.NONE.contentType()).isNull();
        assertThat(MqttProperties.NONE.responseTopic()).isNull();
        assertThat(MqttProperties.NONE.correlationData()).isNull();
        assertThat(MqttProperties.NONE.expiry()).isNull();
        assertThat(MqttProperties.NONE.isText()).isFalse();
        assertThat(MqttProperties.NONE.user()).isEmpty();
        assertThat(MqttProperties.NONE.user("trace")).isNull();
        assertThat(MqttProperties.NONE).isEqualTo(MqttProperties.builder().build());
    }

    @Test
    void builder_setsEverything() {
        assertThat(FULL.contentType()).isEqualTo("application/json");
        assertThat(FULL.responseTopic()).isEqualTo("reply/1");
        assertThat(FULL.correlationData()).containsExactly(0, -1);
        assertThat(FULL.expiry()).isEqualTo(Duration.ofSeconds(60));
        assertThat(FULL.isText()).isTrue();
        assertThat(FULL.user())
                .containsExactly(Map.entry("trace", "1"), Map.entry("other", "2"), Map.entry("trace", "3"));
        assertThat(FULL.user("trace")).isEqualTo("1");
        assertThat(FULL.user("none")).isNull();
    }

    @Test
    void toBuilder_startsWithWhatTheyHold() {
        MqttProperties other =
                FULL.toBuilder().contentType(null).user("new", "4").build();
        assertThat(other.contentType()).isNull();
        assertThat(other.responseTopic()).isEqualTo("reply/1");
        assertThat(other.correlationData()).containsExactly(0, -1);
        assertThat(other.expiry()).isEqualTo(Duration.ofSeconds(60));
        assertThat(other.isText()).isTrue();
        assertThat(other.user()).hasSize(4).last().isEqualTo(Map.entry("new", "4"));
        assertThat(FULL.user()).hasSize(3);
    }

    @Test
    void null_unsets() {
        MqttProperties properties = FULL.toBuilder()
                .contentType(null)
                .responseTopic(null)
                .correlationData(null)
                .expiry(null)
                .text(false)
                .build();
        assertThat(properties)
                .isEqualTo(MqttProperties.builder()
                        .user("trace", "1")
                        .user("other", "2")
                        .user("trace", "3")
                        .build());
    }

    @Test
    void equals_comparesEveryPart() {
        assertThat(FULL.toBuilder().build()).isEqualTo(FULL).hasSameHashCodeAs(FULL);
        assertThat(List.of(
                        FULL.toBuilder().contentType("text/plain").build(),
                        FULL.toBuilder().responseTopic("reply/2").build(),
                        FULL.toBuilder().correlationData(new byte[] {0}).build(),
                        FULL.toBuilder().expiry(Duration.ZERO).build(),
                        FULL.toBuilder().text(false).build(),
                        FULL.toBuilder().user("trace", "1").build()))
                .doesNotContain(FULL)
                .doesNotHaveDuplicates();
        assertThat(FULL).isNotEqualTo("FULL");
    }

    @Test
    void properties_doNotChangeWithWhatTheyWereMadeOf_orGive() {
        byte[] data = {1, 2};
        MqttProperties.Builder builder =
                MqttProperties.builder().correlationData(data).user("a", "1");
        MqttProperties properties = builder.build();
        data[0] = 9;
        builder.user("b", "2");
        byte[] given = properties.correlationData();
        assertThat(given).containsExactly(1, 2);
        given[0] = 9;
        assertThat(properties.correlationData()).containsExactly(1, 2);
        assertThat(properties.user()).hasSize(1);
        assertThatThrownBy(() -> properties.user().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "PT0S, PT0S",
        "PT0.001S, PT1S",
        "PT1S, PT1S",
        "PT1.999999999S, PT2S",
        "PT4294967295S, PT4294967295S",
        "PT4294967294.5S, PT4294967295S"
    })
    void expiry_isRoundedUpToWholeSeconds(Duration expiry, Duration rounded) {
        assertThat(MqttProperties.builder().expiry(expiry).build().expiry()).isEqualTo(rounded);
    }

    @ParameterizedTest
    @CsvSource({"PT-0.001S, -0.001s", "PT4294967295.001S, 1193046h28m15.001s", "PT4294967296S, 1193046h28m16s"})
    void expiry_outOfRange_isAnError(Duration expiry, String shown) {
        assertThatThrownBy(() -> MqttProperties.builder().expiry(expiry))
                .isInstanceOf(MqttException.class)
                .hasMessage("expiry='" + shown + "': out of range; 0 s to 4294967295 s");
    }

    @Statement({"MQTT-1.5.4-1", "MQTT-1.5.4-2", "MQTT-3.3.2-13", "MQTT-3.3.2-19"})
    @Test
    void texts_thatUtf8OrMqttCanNotExpress_areErrors() {
        assertThatThrownBy(() -> MqttProperties.builder().contentType("\ud83c"))
                .isInstanceOf(MqttException.class)
                .hasMessageEndingWith("contains half of a surrogate pair");
        assertThatThrownBy(() -> MqttProperties.builder().contentType("a\0"))
                .isInstanceOf(MqttException.class)
                .hasMessage("content-type='a\\u0000': contains U+0000, which is not allowed");
        assertThatThrownBy(() -> MqttProperties.builder().responseTopic("a\0"))
                .isInstanceOf(MqttException.class)
                .hasMessage("response-topic='a\\u0000': contains U+0000, which is not allowed");
    }

    /** Name and value; neither is shown, as tokens are sent so. */
    @Statement("MQTT-1.5.7-1")
    @Test
    void userProperties_thatMqttCanNotExpress_areErrorsWithoutTheValue() {
        assertThatThrownBy(() -> MqttProperties.builder().user("secret\0", "v"))
                .isInstanceOf(MqttException.class)
                .hasMessage("user-properties: contains U+0000, which is not allowed");
        assertThatThrownBy(() -> MqttProperties.builder().user("k", "secret\udc00"))
                .isInstanceOf(MqttException.class)
                .hasMessage("user-properties: contains half of a surrogate pair");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "\u00fc", "\u20ac"})
    void texts_ofMoreThan65535Bytes_areErrors(String character) {
        int most = 65_535 / character.getBytes(java.nio.charset.StandardCharsets.UTF_8).length;
        String longest = character.repeat(most);
        MqttProperties longestOnes = MqttProperties.builder()
                .contentType(longest)
                .responseTopic(longest)
                .user(longest, longest)
                .build();
        assertThat(longestOnes.contentType()).isEqualTo(longest);
        for (String text : List.of(longest + character)) {
            assertThatThrownBy(() -> MqttProperties.builder().contentType(text)).isInstanceOf(MqttException.class);
            assertThatThrownBy(() -> MqttProperties.builder().responseTopic(text))
                    .isInstanceOf(MqttException.class);
            assertThatThrownBy(() -> MqttProperties.builder().user(text, "")).isInstanceOf(MqttException.class);
            assertThatThrownBy(() -> MqttProperties.builder().user("", text)).isInstanceOf(MqttException.class);
        }
    }

    @Test
    void correlationData_ofMoreThan65535Bytes_isAnError() {
        assertThat(MqttProperties.builder()
                        .correlationData(new byte[65_535])
                        .build()
                        .correlationData())
                .hasSize(65_535);
        assertThatThrownBy(() -> MqttProperties.builder().correlationData(new byte[65_536]))
                .isInstanceOf(MqttException.class)
                .hasMessage("correlation-data: 65536 bytes long; at most 65535");
    }

    @Statement("MQTT-3.3.2-14")
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    ''  | response-topic='': empty; write a topic
                    a/+ | response-topic='a/+': contains a wildcard; write a topic
                    #   | response-topic='#': contains a wildcard; write a topic
                    """)
    void responseTopic_thatIsNone_isAnError(String topic, String words) {
        assertThatThrownBy(() -> MqttProperties.builder().responseTopic(topic))
                .isInstanceOf(MqttException.class)
                .hasMessage(words);
    }

    @Statement("MQTT-1.5.4-3")
    @Test
    void contentType_isKeptAsItIs() {
        assertThat(MqttProperties.builder().contentType("\ufeff").build().contentType())
                .isEqualTo("\ufeff");
        assertThat(MqttProperties.builder().contentType("").build().contentType())
                .isEmpty();
    }

    @Test
    void toString_namesWhatIsThere_andNoValue() {
        assertThat(FULL)
                .hasToString("MqttProperties[content type, response topic, correlation data, expiry, text, 3 user]");
        assertThat(MqttProperties.NONE).hasToString("MqttProperties[]");
    }

    @Test
    void message_carriesProperties() {
        MqttMessage message = MqttMessage.builder().topic("t").properties(FULL).build();
        assertThat(message.properties()).isSameAs(FULL);
        assertThat(message.toBuilder().build().properties()).isSameAs(FULL);
        assertThat(MqttMessage.of("t", null).properties()).isSameAs(MqttProperties.NONE);
    }
}
