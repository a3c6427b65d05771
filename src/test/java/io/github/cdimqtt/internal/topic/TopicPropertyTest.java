package io.github.cdimqtt.internal.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.support.Seeded;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Properties of all filters and topics, tested with every small one and many random ones. */
class TopicPropertyTest {

    private static final String[] LEVELS = {"a", "b", "", "$x"};
    private static final String[] FILTER_LEVELS = {"a", "b", "", "$x", "+", "#"};

    /** One level more than the filters, for {@code #}. */
    private static final List<String> TOPICS = texts(4, LEVELS);

    private static final List<TopicFilter> FILTERS = texts(3, FILTER_LEVELS).stream()
            .filter(text -> !text.contains("#/"))
            .map(TopicFilter::of)
            .toList();

    @Test
    void matches_everySmallFilterAndTopic_agreesWithTheSpecification() {
        for (TopicFilter filter : FILTERS) {
            for (String topic : TOPICS) {
                assertThat(filter.matches(topic))
                        .as("%s ~ %s", filter, topic)
                        .isEqualTo(specified(filter.wire(), topic));
            }
        }
    }

    @Test
    void coversAndOverlaps_everyPairOfSmallFilters_agreeWithMatches() {
        List<BitSet> matched = FILTERS.stream().map(TopicPropertyTest::matched).toList();
        for (int i = 0; i < FILTERS.size(); i++) {
            for (int j = 0; j < FILTERS.size(); j++) {
                BitSet leftOut = (BitSet) matched.get(j).clone();
                leftOut.andNot(matched.get(i));
                TopicFilter one = FILTERS.get(i);
                TopicFilter two = FILTERS.get(j);
                assertThat(one.covers(two)).as("%s covers %s", one, two).isEqualTo(leftOut.isEmpty());
                assertThat(one.overlaps(two))
                        .as("%s overlaps %s", one, two)
                        .isEqualTo(matched.get(i).intersects(matched.get(j)));
            }
        }
    }

    @Test
    void trie_randomFilters_agreesWithALinearSearch() {
        Seeded.run("TopicPropertyTest", random -> {
            for (int round = 0; round < 200; round++) {
                Map<TopicFilter, TopicFilter> filters = new LinkedHashMap<>();
                int size = random.nextInt(60);
                while (filters.size() < size) {
                    TopicFilter filter = randomFilter(random);
                    filters.put(filter, filter);
                }
                TopicTrie<TopicFilter> trie = TopicTrie.of(filters);
                for (int i = 0; i < 100; i++) {
                    String topic = randomText(random, LEVELS);
                    assertThat(trie.match(topic))
                            .as("%s in %s", topic, filters.keySet())
                            .containsExactlyInAnyOrderElementsOf(filters.keySet().stream()
                                    .filter(filter -> filter.matches(topic))
                                    .toList());
                }
            }
        });
    }

    @Test
    void filterAndTemplate_anyText_isAValueOrAnMqttException() {
        Seeded.run("TopicPropertyTest", random -> {
            int valid = 0;
            for (int i = 0; i < 100_000; i++) {
                String text = randomNonsense(random);
                TopicFilter filter = valueOrMqttException(text, () -> TopicFilter.of(text));
                TopicTemplate template = valueOrMqttException(text, () -> TopicTemplate.parse(text));
                if (text.indexOf('{') < 0 && text.indexOf('}') < 0) {
                    assertThat(template == null ? null : template.filter()).isEqualTo(filter);
                }
                if (template != null) {
                    valid++;
                    String topic = template.filter().filter().replaceAll("[+#]", "v");
                    assertThat(template.params(topic)).as(text).containsOnlyKeys(template.names());
                }
            }
            assertThat(valid).isBetween(5_000, 95_000); // both outcomes occur
        });
    }

    private static <T> T valueOrMqttException(String text, Supplier<T> call) {
        List<T> value = new ArrayList<>();
        Throwable fault = catchThrowable(() -> value.add(call.get()));
        if (fault == null) {
            return value.get(0);
        }
        assertThat(fault).as(text).isInstanceOf(MqttException.class).hasMessageStartingWith("topic filter '");
        return null;
    }

    /** The rules of the specification, written independently of the code under test. */
    private static boolean specified(String filter, String topic) {
        if (topic.startsWith("$") && !filter.startsWith("$")) {
            return false;
        }
        String any = Stream.of(filter.split("/", -1))
                .map(level -> level.equals("+") ? "/[^/]*" : level.equals("#") ? "(/.*)?" : "/\\Q" + level + "\\E")
                .collect(Collectors.joining());
        return ("/" + topic).matches(any);
    }

    private static BitSet matched(TopicFilter filter) {
        BitSet topics = new BitSet();
        IntStream.range(0, TOPICS.size())
                .filter(i -> filter.matches(TOPICS.get(i)))
                .forEach(topics::set);
        return topics;
    }

    /** All texts up to a number of levels, except the empty one. */
    private static List<String> texts(int depth, String... levels) {
        List<String> texts = new ArrayList<>(List.of(levels));
        for (int from = 0, level = 1; level < depth; level++) {
            List<String> shorter = List.copyOf(texts.subList(from, texts.size()));
            from = texts.size();
            shorter.forEach(text -> Stream.of(levels).forEach(last -> texts.add(text + "/" + last)));
        }
        texts.remove("");
        return texts;
    }

    private static String randomText(Random random, String... levels) {
        String text = random.ints(1 + random.nextInt(5), 0, levels.length)
                .mapToObj(i -> levels[i])
                .collect(Collectors.joining("/"));
        return text.isEmpty() ? "/" : text;
    }

    private static TopicFilter randomFilter(Random random) {
        String text = randomText(random, FILTER_LEVELS).replaceAll("#/.*", "#");
        return TopicFilter.of(random.nextInt(10) == 0 ? Seeded.oneOf(random, "$share/g/", "$share/h/") + text : text);
    }

    private static String randomNonsense(Random random) {
        return Stream.generate(() -> Seeded.oneOf(
                                random, "a", "/", "/", "/", "b/", "+", "#", "/+/", "/#", "$", "$share/")
                        + Seeded.oneOf(random, "", "", "", "{", "}", "{n}/", "/{m}", "/{r#}", "{}", "{#}", "${k}", " ")
                        + Seeded.oneOf(
                                random,
                                "",
                                "",
                                "",
                                "",
                                "",
                                "",
                                "",
                                "",
                                "\uD83D",
                                "\uDE00",
                                "\uD83D\uDE00",
                                "\0",
                                "\uFFFF"))
                .limit(random.nextInt(6))
                .collect(Collectors.joining());
    }
}
