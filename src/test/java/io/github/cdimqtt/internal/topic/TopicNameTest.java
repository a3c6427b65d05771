package io.github.cdimqtt.internal.topic;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.support.Statement;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TopicNameTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"/", " ", "a//b", "Accounts payable", "$SYS/x", "{room}", "\uD83D\uDE00", "\uFFFD", "\uFEFF"})
    void check_validTopic_passes(String topic) {
        assertThatCode(() -> TopicName.check(topic)).doesNotThrowAnyException();
    }

    @Statement({"MQTT-3.3.2-1", "MQTT-3.3.2-2", "MQTT-4.7.0-1", "MQTT-4.7.3-1", "MQTT-4.7.3-2"})
    @ParameterizedTest
    @MethodSource
    void check_fault_isNamedWithItsIndex(String topic, String fault) {
        assertThatThrownBy(() -> TopicName.check(topic))
                .isInstanceOf(MqttException.class)
                .hasMessage("topic " + fault);
    }

    static Stream<Arguments> check_fault_isNamedWithItsIndex() {
        return Stream.of(
                arguments("", "'': it must have at least one character"),
                arguments("a/+", "'a/+': '+' is for filters, no message can have it (character 2)"),
                arguments("a/b#", "'a/b#': '#' is for filters, no message can have it (character 3)"),
                arguments("#+", "'#+': '#' is for filters, no message can have it (character 0)"),
                arguments("+#", "'+#': '+' is for filters, no message can have it (character 0)"),
                arguments("a\n", fatal("a\\u000a", "U+000A, a control character (character 1)")),
                arguments("\u0085", fatal("\\u0085", "U+0085, a control character (character 0)")),
                arguments("\uFDD0", fatal("\\ufdd0", "U+FDD0, a non-character (character 0)")),
                arguments("\uDBFF\uDFFF", fatal("\\u10ffff", "U+10FFFF, a non-character (character 0)")),
                arguments("a\0", "'a\\u0000': U+0000 is not allowed (character 1)"),
                arguments("\uD83D/", "'\\ud83d/': half of a surrogate pair is not allowed (character 0)"));
    }

    private static String fatal(String shown, String why) {
        return "'" + shown + "': brokers may close the connection because of " + why;
    }

    @Statement("MQTT-4.7.3-3")
    @ParameterizedTest
    @ValueSource(strings = {"xyz", "\u00E9x", "\uFFFD"})
    void check_length_isCountedInBytes(String threeBytes) {
        String longest = threeBytes.repeat(21_845);
        assertThatCode(() -> TopicName.check(longest)).doesNotThrowAnyException();
        assertThatThrownBy(() -> TopicName.check(longest + "\uD83D\uDE00"))
                .isInstanceOf(MqttException.class)
                .hasMessageEndingWith("...': it has 65539 bytes in UTF-8, at most 65535 are allowed");
    }
}
