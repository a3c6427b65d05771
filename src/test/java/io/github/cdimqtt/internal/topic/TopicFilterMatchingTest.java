package io.github.cdimqtt.internal.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The examples of MQTT 3.1.1, section 4.7, and their consequences, for a filter alone and in a trie. */
class TopicFilterMatchingTest {

    @ParameterizedTest
    @MethodSource
    void filter_matchingTopic_isTrue(String filter, String topic) {
        assertThat(matches(filter, topic)).isTrue();
    }

    static Stream<Arguments> filter_matchingTopic_isTrue() {
        return Stream.of(
                // 4.7.1.2, multi-level wildcard
                arguments("sport/tennis/player1/#", "sport/tennis/player1"),
                arguments("sport/tennis/player1/#", "sport/tennis/player1/ranking"),
                arguments("sport/tennis/player1/#", "sport/tennis/player1/score/wimbledon"),
                arguments("sport/#", "sport"),
                arguments("sport/#", "sport/"),
                arguments("sport/tennis/#", "sport/tennis"),
                arguments("#", "sport"),
                arguments("#", "/"),
                arguments("#", "a/$SYS"),
                arguments("/#", "/"),
                arguments("/#", "/a/b"),
                // 4.7.1.3, single-level wildcard
                arguments("sport/tennis/+", "sport/tennis/player1"),
                arguments("sport/tennis/+", "sport/tennis/player2"),
                arguments("sport/+", "sport/"),
                arguments("+/+", "/finance"),
                arguments("/+", "/finance"),
                arguments("+/tennis/#", "sport/tennis"),
                arguments("+/tennis/#", "/tennis/"),
                arguments("sport/+/player1", "sport/tennis/player1"),
                arguments("+", "sport"),
                arguments("+/#", "sport"),
                arguments("a/+/c", "a//c"),
                arguments("+/+", "/"),
                arguments("a/+", "a/$b"),
                // 4.7.2, topics that begin with $
                arguments("$SYS/#", "$SYS/broker/uptime"),
                arguments("$SYS/#", "$SYS"),
                arguments("$SYS/monitor/+", "$SYS/monitor/Clients"),
                arguments("$SYS/+", "$SYS/"),
                arguments("$", "$"),
                // 4.7.3, any character but U+0000
                arguments("Accounts payable", "Accounts payable"),
                arguments(" / ", " / "),
                arguments("/", "/"),
                arguments("a//b", "a//b"),
                arguments("home/k\u00FCche/+", "home/k\u00FCche/temp"),
                arguments("+/\uD83D\uDE00", "a/\uD83D\uDE00"),
                arguments("a/+", "a/\uD83D\uDE00"),
                arguments("\uFDF0/+", "\uFDF0/\uFFFF"),
                arguments("home/#", "home/a.b"),
                arguments("a.b", "a.b"),
                arguments("{room}", "{room}"),
                // shared
                arguments("$share/g/sport/+", "sport/tennis"),
                arguments("$share/g/#", "sport"),
                arguments("$queue/jobs/+", "jobs/1"),
                arguments("$SharedSubscription/g/tasks/+", "tasks/1"),
                arguments("$share/g//+", "/finance"),
                arguments("$share/g/$SYS/+", "$SYS/uptime"));
    }

    @ParameterizedTest
    @MethodSource
    void filter_otherTopic_isFalse(String filter, String topic) {
        assertThat(matches(filter, topic)).isFalse();
    }

    static Stream<Arguments> filter_otherTopic_isFalse() {
        return Stream.of(
                arguments("sport/tennis/#", "sport"),
                arguments("sport/#", "sports"),
                arguments("sport/tennis/+", "sport/tennis/player1/ranking"),
                arguments("sport/+", "sport"),
                arguments("+", "/finance"),
                arguments("+", "/"),
                arguments("+/+", "sport"),
                arguments("a/+/#", "a"),
                arguments("#", "$SYS/uptime"),
                arguments("#", "$SYS"),
                arguments("#", "$"),
                arguments("+/#", "$SYS"),
                arguments("+", "$SYS"),
                arguments("+/monitor/Clients", "$SYS/monitor/Clients"),
                arguments("$SYS/+", "$SYS"),
                arguments("$SYS/+", "$sys/a"),
                arguments("$SYS", "$SYS/"),
                arguments("ACCOUNTS", "Accounts"),
                arguments("/finance", "finance"),
                arguments("finance", "finance/"),
                arguments("finance/", "finance"),
                arguments("a//b", "a/b"),
                arguments("a/b", "a//b"),
                arguments("a/b", "a/bc"),
                arguments("a/bc", "a/b"),
                arguments("a.b", "axb"),
                arguments("k\u00FCche", "ku\u0308che"), // nothing is normalised: [4.7.3-4]
                arguments("\uFEFFa", "a"), // [1.5.3-3]
                arguments("$share/g/sport/+", "$share/g/sport/tennis"),
                arguments("$share/g/#", "$SYS/uptime"),
                arguments("$share/g/+/x", "$SYS/x"));
    }

    private static boolean matches(String wire, String topic) {
        TopicFilter filter = TopicFilter.of(wire);
        boolean matches = filter.matches(topic);
        assertThat(TopicTrie.of(Map.of(filter, "hit")).match(topic)).hasSize(matches ? 1 : 0);
        return matches;
    }
}
