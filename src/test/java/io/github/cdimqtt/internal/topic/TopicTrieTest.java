package io.github.cdimqtt.internal.topic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TopicTrieTest {

    @Test
    void match_severalFilters_givesEachOnceFromGeneralToSpecial() {
        TopicTrie<String> trie = trie("a/b", "a/+", "+/b", "#", "a/#", "a/b/#", "a/c", "a", "+/+", "a/b/c");
        assertThat(trie.match("a/b")).containsExactly("#", "+/+", "+/b", "a/#", "a/+", "a/b/#", "a/b");
    }

    @Test
    void match_otherOrderOfFilters_givesTheSameOrder() {
        assertThat(trie("#", "+/b", "a/+", "a/b").match("a/b"))
                .isEqualTo(trie("a/b", "a/+", "+/b", "#").match("a/b"));
    }

    @Test
    void match_filtersOfSeveralGroups_givesAllInTheirOrder() {
        TopicTrie<String> trie = trie("$share/h/a/+", "a/+", "$share/g/a/+", "$share/g/b");
        assertThat(trie.match("a/b")).containsExactly("$share/h/a/+", "a/+", "$share/g/a/+");
    }

    @Test
    void match_topicWithDollar_isNotMatchedByWildcardsAtTheFirstLevel() {
        TopicTrie<String> trie = trie("#", "+/uptime", "+/#", "$SYS/#", "$SYS/+", "$SYS/uptime", "$share/g/#");
        assertThat(trie.match("$SYS/uptime")).containsExactly("$SYS/#", "$SYS/+", "$SYS/uptime");
        assertThat(trie.match("$SYS")).containsExactly("$SYS/#");
        assertThat(trie.match("$other")).isEmpty();
    }

    @Test
    void match_emptyLevels_count() {
        TopicTrie<String> trie = trie("/a", "a", "a/", "a//b", "a/b", "/", "+/a", "a/+/b");
        assertThat(trie.match("/a")).containsExactly("+/a", "/a");
        assertThat(trie.match("a")).containsExactly("a");
        assertThat(trie.match("a/")).containsExactly("a/");
        assertThat(trie.match("a//b")).containsExactly("a/+/b", "a//b");
        assertThat(trie.match("/")).containsExactly("/");
        assertThat(trie.match("//")).isEmpty();
    }

    @Test
    void match_manySiblings_findsEach() {
        String[] filters =
                IntStream.range(0, 5_000).mapToObj(i -> "plant/m" + i + "/temp").toArray(String[]::new);
        TopicTrie<String> trie = trie(filters);
        assertThat(filters).allSatisfy(filter -> assertThat(trie.match(filter)).containsExactly(filter));
        assertThat(trie.match("plant/m5000/temp")).isEmpty();
    }

    @Test
    void match_siblingsOfEqualHash_areDistinguished() {
        TopicTrie<String> trie = trie("Aa", "BB", "AaAa", "BBBB", "AaBB");
        assertThat(trie.match("BB")).containsExactly("BB");
        assertThat(trie.match("AaBB")).containsExactly("AaBB");
        assertThat(trie.match("BBAa")).isEmpty();
    }

    @Test
    void match_deepestFilter_doesNotOverflowTheStack() {
        String pluses = "+/".repeat(32_767) + "+";
        String letters = "a/".repeat(32_767) + "a";
        assertThat(trie(pluses, letters).match(letters)).containsExactly(pluses, letters);
    }

    @Test
    void match_noFilter_isEmpty() {
        assertThat(TopicTrie.of(Map.of()).match("a/b")).isEmpty();
    }

    @Test
    void of_mapChangedLater_isNotChanged() {
        Map<TopicFilter, String> values = new LinkedHashMap<>();
        TopicTrie<String> trie = TopicTrie.of(values);
        values.put(TopicFilter.of("a"), "a");
        assertThat(trie.match("a")).isEmpty();
    }

    private static TopicTrie<String> trie(String... filters) {
        Map<TopicFilter, String> values = new LinkedHashMap<>();
        Arrays.stream(filters).forEach(filter -> values.put(TopicFilter.of(filter), filter));
        return TopicTrie.of(values);
    }
}
