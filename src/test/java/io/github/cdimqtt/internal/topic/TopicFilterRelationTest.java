package io.github.cdimqtt.internal.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Filters that cover or overlap one another. */
class TopicFilterRelationTest {

    @ParameterizedTest
    @MethodSource
    void covers_isTrue_ifEveryTopicMatches(String filter, String other, boolean expected) {
        assertThat(TopicFilter.of(filter).covers(TopicFilter.of(other))).isEqualTo(expected);
    }

    static Stream<Arguments> covers_isTrue_ifEveryTopicMatches() {
        return Stream.of(
                arguments("home/#", "home/+/temp", true),
                arguments("home/#", "home", true),
                arguments("home/#", "home/#", true),
                arguments("home/#", "home/+/#", true),
                arguments("home/+/#", "home/#", false),
                arguments("home/+", "home/#", false),
                arguments("home/+", "home", false),
                arguments("home/+", "home/", true),
                arguments("home/+/temp", "home/kitchen/+", false),
                arguments("a/b", "a/b", true),
                arguments("a/b", "a/+", false),
                arguments("a/b", "a/b/c", false),
                arguments("+/x", "a/x", true),
                arguments("+/x", "$SYS/x", false),
                arguments("#", "a", true),
                arguments("#", "+/+", true),
                arguments("#", "$SYS/#", false),
                arguments("#", "$SYS", false),
                arguments("+/#", "#", true),
                arguments("+/#", "$SYS/#", false),
                arguments("+/+/#", "#", false),
                arguments("+", "#", false),
                arguments("/+/#", "/#", true), // no topic is empty
                arguments("+/+/#", "/#", true),
                arguments("a/+/#", "a/#", false),
                arguments("$SYS/#", "$SYS", true),
                arguments("$SYS/#", "$SYS/+", true),
                arguments("$share/g/a/#", "$share/g/a/#", true),
                arguments("$share/g/a/#", "$share/g/a/b", false),
                arguments("$share/g/a", "$share/h/a", false),
                arguments("a/#", "$share/g/a/b", false),
                arguments("#", "$share/g/a", false),
                arguments("$share/g/#", "a", false),
                arguments("$share/g/#", "#", false));
    }

    @ParameterizedTest
    @MethodSource
    void overlaps_isTrue_ifATopicMatchesBoth(String one, String two, boolean expected) {
        assertThat(TopicFilter.of(one).overlaps(TopicFilter.of(two))).isEqualTo(expected);
        assertThat(TopicFilter.of(two).overlaps(TopicFilter.of(one))).isEqualTo(expected);
    }

    static Stream<Arguments> overlaps_isTrue_ifATopicMatchesBoth() {
        return Stream.of(
                arguments("a/+/c", "a/b/+", true),
                arguments("a/#", "a", true),
                arguments("a/+", "a", false),
                arguments("a/+", "a/", true),
                arguments("a/b", "a/c", false),
                arguments("+/b", "a/#", true),
                arguments("+/b", "a/c/#", false),
                arguments("#", "+/+", true),
                arguments("+", "/#", false), // no topic is empty
                arguments("#", "$SYS/#", false),
                arguments("+/uptime", "$SYS/uptime", false),
                arguments("$SYS/+", "$SYS/uptime", true),
                arguments("$share/g/a/+", "a/b", true),
                arguments("$share/g/a/+", "$share/h/a/b", true),
                arguments("$share/g/a", "$share/g/b", false),
                arguments("$share/g/#", "$SYS/uptime", false));
    }
}
