package io.github.cdimqtt.internal.session.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.Qos;
import io.github.cdimqtt.Retained;
import io.github.cdimqtt.internal.topic.TopicFilter;
import io.github.cdimqtt.support.ManualTimer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class SubscriptionRegistryTest {
    private static final Predicate<List<WantedFilter>> EIGHT = filters -> filters.size() <= 8;
    private static final SubscriptionOptions OPTIONS = new SubscriptionOptions(true, false, true, false, false);

    private final Overlaps overlaps = new Overlaps(new ManualTimer(), null);
    private final SubscriptionRegistry registry = new SubscriptionRegistry(OPTIONS, overlaps);

    SubscriptionRegistryTest() {
        registry.connected(true);
    }

    private void want(String filter) {
        registry.want(TopicFilter.of(filter), Qos.AT_MOST_ONCE, Retained.SEND, false);
    }

    /** Does everything that is due, with a broker that grants everything. Returns the number of filters. */
    private int settle(Map<TopicFilter, Qos> broker) {
        int done = 0;
        for (List<WantedFilter> next = registry.subscribeNext(EIGHT);
                !next.isEmpty();
                next = registry.subscribeNext(EIGHT)) {
            next.forEach(each -> broker.put(each.filter, each.highestQos()));
            next.forEach(each -> registry.granted(each, each.highestQos()));
            done += next.size();
        }
        for (List<WantedFilter> next = registry.unsubscribeNext(EIGHT);
                !next.isEmpty();
                next = registry.unsubscribeNext(EIGHT)) {
            next.forEach(each -> broker.remove(each.filter));
            next.forEach(registry::unsubscribed);
            done += next.size();
        }
        return done + registry.changes().size();
    }

    private long costOf(Runnable change) {
        long before = registry.visited();
        change.run();
        return registry.visited() - before + settle(new LinkedHashMap<>());
    }

    @Test
    void change_costsTheSame_whateverTheNumberOfFilters() {
        List<Long> subscribing = new ArrayList<>();
        List<Long> ending = new ArrayList<>();
        for (int i = 0; i < 4_000; i++) {
            String filter = "site/" + i + "/+/temp";
            subscribing.add(costOf(() -> want(filter)));
            if (i % 1_000 == 999) {
                ending.add(costOf(() -> registry.drop(TopicFilter.of(filter))));
            }
        }

        assertThat(subscribing.subList(1, 4_000)).containsOnly(subscribing.get(1));
        assertThat(ending).containsOnly(ending.get(0));
    }

    @Test
    void changeBelowACover_costsTheSame_whateverTheNumberItCovers() {
        want("site/#");
        List<Long> subscribing = new ArrayList<>();
        for (int i = 0; i < 4_000; i++) {
            String filter = "site/" + i + "/+/temp";
            subscribing.add(costOf(() -> want(filter)));
        }

        assertThat(subscribing.subList(1, 4_000)).containsOnly(subscribing.get(1));
    }

    @Test
    void endOfACover_costsInProportionToWhatItCovered() {
        want("site/#");
        for (int i = 0; i < 1_000; i++) {
            want("site/" + i + "/+/temp");
        }
        settle(new LinkedHashMap<>());

        assertThat(costOf(() -> registry.drop(TopicFilter.of("site/#")))).isLessThan(20_000);
    }

    @Test
    void brokerKnows_filtersThatNoOtherCovers_afterAnyChanges() {
        Random random = new Random(2);
        List<String> levels = List.of("a", "b", "+");
        Map<TopicFilter, Qos> wanted = new LinkedHashMap<>();
        Map<TopicFilter, Qos> broker = new LinkedHashMap<>();
        for (int i = 0; i < 5_000; i++) {
            TopicFilter filter = TopicFilter.of(levels.get(random.nextInt(3)) + "/" + levels.get(random.nextInt(3))
                    + List.of("", "/#", "/a").get(random.nextInt(3)));
            if (random.nextInt(3) > 0) {
                Qos qos = Qos.of(random.nextInt(3));
                wanted.put(filter, qos);
                registry.want(filter, qos, Retained.SEND, false);
            } else {
                wanted.remove(filter);
                registry.drop(filter);
            }
            if (random.nextInt(10) == 0) {
                registry.connectionLost();
                broker.clear();
            }
            settle(broker);
            assertThat(broker.keySet()).containsExactlyInAnyOrderElementsOf(notCovered(wanted.keySet()));
            wanted.forEach((each, qos) -> assertThat(broker)
                    .anySatisfy((sent, granted) -> assertThat(sent.covers(each) && granted.compareTo(qos) >= 0)
                            .isTrue()));
        }
    }

    @Test
    void identifiers_areOfTheNeededFiltersThatOverlap_afterAnyChanges() {
        Random random = new Random(3);
        List<String> levels = List.of("a", "b", "+");
        Set<TopicFilter> wanted = new LinkedHashSet<>();
        for (int i = 0; i < 5_000; i++) {
            TopicFilter filter = TopicFilter.of(levels.get(random.nextInt(3)) + "/" + levels.get(random.nextInt(3))
                    + List.of("", "/#", "/a").get(random.nextInt(3)));
            if (random.nextInt(3) > 0) {
                registry.want(filter, Qos.AT_MOST_ONCE, Retained.SEND, false);
                wanted.add(filter);
            } else {
                registry.drop(filter);
                wanted.remove(filter);
            }
            settle(new LinkedHashMap<>());
            List<TopicFilter> needed = notCovered(wanted);
            for (TopicFilter each : needed) {
                long others = needed.stream()
                        .filter(other -> !other.equals(each) && other.overlaps(each))
                        .count();
                assertThat(registry.find(each).overlaps).isEqualTo((int) others);
                assertThat(registry.find(each).requestedIdentifier > 0 || others == 0)
                        .isTrue();
            }
        }
    }

    @Test
    void endThatTheBrokerRefused_isNotDueAgain_whenAllIsReviewed() {
        want("a");
        want("b");
        settle(new LinkedHashMap<>());
        registry.drop(TopicFilter.of("a"));
        registry.unsubscribeNext(EIGHT).forEach(registry::endRefused);

        registry.identifierRefused(registry.find(TopicFilter.of("b")));

        assertThat(registry.unsubscribeNext(EIGHT)).isEmpty();
        assertThat(registry.subscribeNext(EIGHT)).hasToString("[b]");
    }

    private static List<TopicFilter> notCovered(Collection<TopicFilter> all) {
        return all.stream()
                .filter(each -> all.stream().noneMatch(other -> !other.equals(each) && other.covers(each)))
                .toList();
    }
}
