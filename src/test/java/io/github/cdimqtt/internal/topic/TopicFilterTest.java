package io.github.cdimqtt.internal.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.support.Statement;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TopicFilterTest {

    private static final String EMOJI = "\uD83D\uDE00";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "#",
                "+",
                "/",
                "//",
                "sport/tennis/#",
                "+/tennis/#",
                "sport/+/player1",
                "/finance",
                "Accounts payable",
                " ",
                "$SYS/#",
                "$share",
                "$shared/g/#",
                "$share/g/t",
                "$share/g//",
                "$share/g/$share/h/t",
                "a/" + EMOJI,
                "{room}"
            })
    void of_validFilter_keepsItAsItIs(String wire) {
        assertThat(TopicFilter.of(wire)).hasToString(wire).returns(wire, TopicFilter::wire);
    }

    @Statement({"MQTT-3.8.3-1", "MQTT-3.10.3-1", "MQTT-4.7.1-1", "MQTT-4.7.1-2", "MQTT-4.7.3-1", "MQTT-4.7.3-2"})
    @Statement({"MQTT-4.8.2-1", "MQTT-4.8.2-2"})
    @ParameterizedTest
    @MethodSource
    void of_fault_isNamedWithItsIndex(String wire, String fault) {
        assertThatThrownBy(() -> TopicFilter.of(wire))
                .isInstanceOf(MqttException.class)
                .hasMessage("topic filter " + fault);
    }

    private static String fatal(String shown, String why) {
        return "'" + shown + "': brokers may close the connection because of " + why;
    }

    static Stream<Arguments> of_fault_isNamedWithItsIndex() {
        return Stream.of(
                arguments("", "'': it must have at least one character"),
                arguments("sport/tennis#", "'sport/tennis#': '#' must be a whole level (character 12)"),
                arguments("sport/tennis/#/ranking", "'sport/tennis/#/ranking': '#' must be the last level"),
                arguments("a/#/b", "'a/#/b': '#' must be the last level"),
                arguments("#/", "'#/': '#' must be the last level"),
                arguments("##", "'##': '#' must be a whole level (character 0)"),
                arguments("sport+", "'sport+': '+' must be a whole level (character 5)"),
                arguments("a/b+", "'a/b+': '+' must be a whole level (character 3)"),
                arguments("+a/b", "'+a/b': '+' must be a whole level (character 0)"),
                arguments("a/++/b", "'a/++/b': '+' must be a whole level (character 2)"),
                arguments("a/+#", "'a/+#': '+' must be a whole level (character 2)"),
                arguments("a/\0", "'a/\\u0000': U+0000 is not allowed (character 2)"),
                arguments("a\uD83D", "'a\\ud83d': half of a surrogate pair is not allowed (character 1)"),
                arguments("\uDE00a", "'\\ude00a': half of a surrogate pair is not allowed (character 0)"),
                arguments("\uDE00\uD83D", "'\\ude00\\ud83d': half of a surrogate pair is not allowed (character 0)"),
                arguments("a\u202E+", "'a\\u202e+': '+' must be a whole level (character 2)"),
                arguments("a/+/\n", fatal("a/+/\\u000a", "U+000A, a control character (character 4)")),
                arguments("\u0001", fatal("\\u0001", "U+0001, a control character (character 0)")),
                arguments("#/\u007f", fatal("#/\\u007f", "U+007F, a control character (character 2)")),
                arguments("$share/\u0085/t", fatal("$share/\\u0085/t", "U+0085, a control character (character 7)")),
                arguments("+/\uFDD0", fatal("+/\\ufdd0", "U+FDD0, a non-character (character 2)")),
                arguments("a\uFFFF", fatal("a\\uffff", "U+FFFF, a non-character (character 1)")),
                arguments("\uD83F\uDFFE", fatal("\\u1fffe", "U+1FFFE, a non-character (character 0)")),
                arguments("$share/", "'$share/': the share group is empty"),
                arguments("$share//t", "'$share//t': the share group is empty"),
                arguments("$share/g", "'$share/g': no filter follows the share group"),
                arguments("$share/g/", "'$share/g/': no filter follows the share group"),
                arguments("$share/+/t", "'$share/+/t': '+' is not allowed in the share group (character 7)"),
                arguments("$share/g#/t", "'$share/g#/t': '#' is not allowed in the share group (character 8)"),
                arguments("$share/#", "'$share/#': '#' is not allowed in the share group (character 7)"),
                arguments("$share/g/a/#/b", "'$share/g/a/#/b': '#' must be the last level"),
                arguments("$share/g/a+", "'$share/g/a+': '+' must be a whole level (character 10)"));
    }

    @Statement("MQTT-4.7.3-3")
    @ParameterizedTest
    @MethodSource
    void length_isCountedInBytes(String longest) {
        assertThat(TopicFilter.of(longest).wire()).isEqualTo(longest);
        String shown = longest.substring(0, 240);
        assertThatThrownBy(() -> TopicFilter.of(longest + "x"))
                .isInstanceOf(MqttException.class)
                .hasMessage("topic filter '" + shown + "...': it has 65536 bytes in UTF-8, at most 65535 are allowed");
    }

    static Stream<String> length_isCountedInBytes() {
        return Stream.of(
                "x".repeat(65_535),
                "x" + "\u00E9".repeat(32_767),
                "\uFFFD".repeat(21_845),
                EMOJI.repeat(16_383) + "xyz",
                "$share/g/" + "/".repeat(65_526));
    }

    @ParameterizedTest
    @CsvSource({
        "$share/g/home/+, g, home/+",
        "$share/g//a, g, /a",
        "$share/a b/#, a b, #",
        "$oshare/g/home/+, g, home/+",
        "$SharedSubscription/g/tasks/+, g, tasks/+",
        "$share:g:home/+, g, home/+",
        "$queue/jobs/+, $queue, jobs/+",
        "$exclusive/t/1, $exclusive, t/1",
        "$queues/jobs, , $queues/jobs",
        "$share, , $share",
        "$shared/g/a, , $shared/g/a",
        "home/$share/g/a, , home/$share/g/a"
    })
    void shareGroup_isSplitFromTheFilter(String wire, String group, String inner) {
        assertThat(TopicFilter.of(wire)).returns(group, TopicFilter::shareGroup).returns(inner, TopicFilter::filter);
    }

    @ParameterizedTest
    @CsvSource({
        "a/b, false",
        "a/+, true",
        "a/'#', true",
        "+, true",
        "'#', true",
        "$share/g/a, false",
        "$share/g/+, true"
    })
    void hasWildcard_comparesWholeLevels(String wire, boolean expected) {
        assertThat(TopicFilter.of(wire.replace("'", "")).hasWildcard()).isEqualTo(expected);
    }

    @Test
    void equality_isThatOfTheSentText() {
        assertThat(TopicFilter.of("a/+"))
                .isEqualTo(TopicFilter.of("a/+"))
                .hasSameHashCodeAs(TopicFilter.of("a/+"))
                .isNotEqualTo(TopicFilter.of("A/+"))
                .isNotEqualTo(TopicFilter.of("$share/g/a/+"))
                .isNotEqualTo("a/+");
    }
}
