package io.github.cdimqtt.internal.topic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FilterTrieTest {
    private static final List<String> LEVELS = List.of("", "a", "b", "+", "$x");
    private final FilterTrie<TopicFilter> trie = new FilterTrie<>();

    private static TopicFilter random(Random random) {
        List<String> levels = new ArrayList<>();
        for (int i = random.nextInt(4); i >= 0; i--) {
            levels.add(LEVELS.get(random.nextInt(LEVELS.size())));
        }
        if (random.nextInt(3) == 0) {
            levels.set(levels.size() - 1, "#");
        }
        String text = String.join("/", levels);
        return text.isEmpty() ? TopicFilter.of("/") : TopicFilter.of(text);
    }

    @Test
    void relations_agreeWithThoseOfEachPair() {
        Random random = new Random(1);
        Set<TopicFilter> kept = new LinkedHashSet<>();
        for (int i = 0; i < 20_000; i++) {
            TopicFilter filter = random(random);
            boolean hasTwin = kept.stream().anyMatch(each -> each.covers(filter) && filter.covers(each));
            if (random.nextBoolean()) {
                if (!hasTwin) {
                    kept.add(filter);
                    trie.put(filter, filter);
                }
            } else if (kept.remove(filter)) {
                trie.remove(filter);
            }
            TopicFilter asked = random(random);
            assertThat(trie.covering(asked))
                    .containsExactlyInAnyOrderElementsOf(
                            kept.stream().filter(each -> each.covers(asked)).toList());
            assertThat(trie.coveredBy(asked))
                    .containsExactlyInAnyOrderElementsOf(
                            kept.stream().filter(asked::covers).toList());
            assertThat(trie.overlapping(asked))
                    .containsExactlyInAnyOrderElementsOf(
                            kept.stream().filter(asked::overlaps).toList());
            if (!asked.hasWildcard()) {
                assertThat(trie.matching(asked.wire()))
                        .containsExactlyInAnyOrderElementsOf(kept.stream()
                                .filter(each -> each.matches(asked.wire()))
                                .toList());
            }
        }
    }

    @Test
    void removedFilters_leaveNothingBehind() {
        for (int i = 0; i < 1000; i++) {
            trie.put(TopicFilter.of("a/" + i + "/+"), TopicFilter.of("a"));
            trie.remove(TopicFilter.of("a/" + i + "/+"));
        }
        long before = trie.visited();

        assertThat(trie.coveredBy(TopicFilter.of("a/#"))).isEmpty();

        assertThat(trie.visited() - before).isOne();
    }

    @Test
    void deepFilter_needsNoDeepStack() {
        TopicFilter deep = TopicFilter.of("a/".repeat(30_000) + "#");
        trie.put(deep, deep);

        assertThat(trie.covering(TopicFilter.of("a/".repeat(30_001) + "b"))).containsExactly(deep);
        assertThat(trie.coveredBy(TopicFilter.of("#"))).containsExactly(deep);
    }
}
