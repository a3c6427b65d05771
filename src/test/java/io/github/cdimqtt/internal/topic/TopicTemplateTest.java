package io.github.cdimqtt.internal.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.cdimqtt.MqttException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TopicTemplateTest {

    @ParameterizedTest
    @MethodSource
    void parse_template_givesTheFilterAndTheNames(String written, String wire, List<String> names) {
        assertThat(TopicTemplate.parse(written))
                .hasToString(written)
                .returns(written, TopicTemplate::written)
                .returns(TopicFilter.of(wire), TopicTemplate::filter)
                .returns(names, TopicTemplate::names);
    }

    static Stream<Arguments> parse_template_givesTheFilterAndTheNames() {
        return Stream.of(
                arguments("home/kitchen/temp", "home/kitchen/temp", List.of()),
                arguments("+/a/#", "+/a/#", List.of()),
                arguments("home/{room}/temp", "home/+/temp", List.of("room")),
                arguments("{a}", "+", List.of("a")),
                arguments("{all#}", "#", List.of("all")),
                arguments("{z}/{a}//{rest#}", "+/+//#", List.of("z", "a", "rest")),
                arguments("/{a}/", "/+/", List.of("a")),
                arguments("+/{a}/+/#", "+/+/+/#", List.of("a")),
                arguments("{class}/{_$1}/{\u00E9t\u00E9}", "+/+/+", List.of("class", "_$1", "\u00E9t\u00E9")),
                arguments("{a}/{A}", "+/+", List.of("a", "A")),
                arguments("$SYS/{what#}", "$SYS/#", List.of("what")),
                arguments("$share/g/home/{room}", "$share/g/home/+", List.of("room")),
                arguments("$share/g/{room}/{rest#}", "$share/g/+/#", List.of("room", "rest")),
                arguments("{" + "n".repeat(65_536) + "}", "+", List.of("n".repeat(65_536))));
    }

    @ParameterizedTest
    @MethodSource
    void parse_fault_isNamedWithItsIndex(String written, String fault) {
        assertThatThrownBy(() -> TopicTemplate.parse(written))
                .isInstanceOf(MqttException.class)
                .hasMessage("topic filter '" + written + "': " + fault);
    }

    static Stream<Arguments> parse_fault_isNamedWithItsIndex() {
        return Stream.of(
                arguments("", "it must have at least one character"),
                arguments("home/{room/temp", "'{' at character 5 is never closed"),
                arguments("home/{a/b}", "'{' at character 5 is never closed"),
                arguments("a/{b}/{", "'{' at character 6 is never closed"),
                arguments("home/room}/temp", "'}' at character 9 without a '{' before it"),
                arguments("a/}b{", "'}' at character 2 without a '{' before it"),
                arguments("a/{}", "'{}' at character 2 has no name"),
                arguments("a/{#}", "'{#}' at character 2 has no name"),
                arguments("a/{1st}", "'1st' is no Java identifier (character 3)"),
                arguments("a/{my room}", "'my room' is no Java identifier (character 3)"),
                arguments("a/{my-room#}", "'my-room' is no Java identifier (character 3)"),
                arguments("a/{b##}", "'b#' is no Java identifier (character 3)"),
                arguments("a/{#b}", "'#b' is no Java identifier (character 3)"),
                arguments("a/{+}", "'+' is no Java identifier (character 3)"),
                arguments("a/{{b}", "'{b' is no Java identifier (character 3)"),
                arguments("a{x}b", "'{x}' must be a whole level (character 1)"),
                arguments("a/{x}{y}", "'{x}' must be a whole level (character 2)"),
                arguments("a/{x}}", "'{x}' must be a whole level (character 2)"),
                arguments("a/${x}", "'{x}' must be a whole level (character 3)"),
                arguments("a/{x}#", "'{x}' must be a whole level (character 2)"),
                arguments("a/{rest#}/b", "'{rest#}' must be the last level"),
                arguments("{rest#}/", "'{rest#}' must be the last level"),
                arguments("{a}/b/{a}", "the name 'a' occurs twice"),
                arguments("{a}/{a#}", "the name 'a' occurs twice"),
                arguments("{room}/#/b", "'#' must be the last level"),
                arguments("{room}/b+", "'+' must be a whole level (character 8)"),
                arguments("$share/{g}/a", "'{' is not allowed in the share group (character 7)"),
                arguments("$share/${group}/a", "'{' is not allowed in the share group (character 8)"),
                arguments("$share/g}/a", "'}' is not allowed in the share group (character 8)"),
                arguments("$share/{g#}/a", "'#' is not allowed in the share group (character 9)"),
                arguments("$share//{a}", "the share group is empty"),
                arguments("$share/g/{a", "'{' at character 9 is never closed"));
    }

    @Test
    void parse_badCharacter_isNamedWithItsIndexInTheWrittenText() {
        assertThatThrownBy(() -> TopicTemplate.parse("{room}/\0"))
                .isInstanceOf(MqttException.class)
                .hasMessage("topic filter '{room}/\\u0000': U+0000 is not allowed (character 7)");
    }

    @ParameterizedTest
    @MethodSource
    void params_matchingTopic_givesEachValue(String written, String topic, Map<String, String> expected) {
        TopicTemplate template = TopicTemplate.parse(written);
        assertThat(template.filter().matches(topic)).isTrue();
        assertThat(template.params(topic)).isEqualTo(expected);
    }

    static Stream<Arguments> params_matchingTopic_givesEachValue() {
        return Stream.of(
                arguments("a/+/#", "a/b/c", Map.of()),
                arguments("home/{room}/temp", "home/kitchen/temp", Map.of("room", "kitchen")),
                arguments("home/{room}/temp", "home//temp", Map.of("room", "")),
                arguments("home/{room}", "home/", Map.of("room", "")),
                arguments("{a}/{b}", "/", Map.of("a", "", "b", "")),
                arguments("{a}/+/{b}", "1/2/3", Map.of("a", "1", "b", "3")),
                arguments("home/{rest#}", "home/a/b/c", Map.of("rest", "a/b/c")),
                arguments("home/{rest#}", "home/a/", Map.of("rest", "a/")),
                arguments("home/{rest#}", "home/", Map.of("rest", "")),
                arguments("home/{rest#}", "home", Map.of("rest", "")),
                arguments("home/{room}/{rest#}", "home/attic", Map.of("room", "attic", "rest", "")),
                arguments("{all#}", "a/b", Map.of("all", "a/b")),
                arguments("{all#}", "/", Map.of("all", "/")),
                arguments("{a}/#", "x/y/z", Map.of("a", "x")),
                arguments("$share/g/home/{room}", "home/attic", Map.of("room", "attic")),
                arguments("home/{room}", "home/k\u00FC.\uD83D\uDE00", Map.of("room", "k\u00FC.\uD83D\uDE00")));
    }

    @Test
    void params_withoutNames_isTheEmptyMap() {
        assertThat(TopicTemplate.parse("a/+").params("a/b")).isSameAs(Map.of());
    }

    @Test
    void params_topicTooShort_namesTheMissingLevel() {
        assertThatThrownBy(() -> TopicTemplate.parse("home/{room}/{what}").params("home/attic"))
                .isInstanceOf(MqttException.class)
                .hasMessage("topic 'home/attic': it has no level for '{what}'");
    }
}
