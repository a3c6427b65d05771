package io.github.cdimqtt.internal.deployment;

import static java.util.Comparator.naturalOrder;

import io.github.cdimqtt.internal.dispatch.MessageObserver;
import io.github.cdimqtt.internal.reporting.MessageId;
import io.github.cdimqtt.internal.reporting.Problems;
import io.github.cdimqtt.internal.topic.TopicFilter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;

/** Checks that no shared subscription overlaps another filter of its connection: each message would be handled twice. */
final class SharedOverlapValidator {
    private SharedOverlapValidator() {}

    /** Validates the observers of a connection, which are bound. */
    static void validate(String broker, List<MessageObserver> observers, Problems problems) {
        Map<TopicFilter, String> described = new LinkedHashMap<>();
        for (MessageObserver observer : observers) {
            for (int i = 0; i < observer.topics().size(); i++) {
                TopicFilter filter = observer.binding().templates().get(i).filter();
                String text = "'" + observer.topics().get(i).value() + "' on " + observer.location();
                described.merge(filter, text, BinaryOperator.minBy(naturalOrder())); // the same one in every run
            }
        }
        List<TopicFilter> filters = List.copyOf(described.keySet());
        if (filters.stream().allMatch(each -> each.shareGroup() == null)) {
            return; // 1,000 filters have 500,000 pairs
        }
        for (int i = 0; i < filters.size(); i++) {
            for (int j = i + 1; j < filters.size(); j++) {
                if (filters.get(i).overlapsShared(filters.get(j))) {
                    List<String> both = List.of(described.get(filters.get(i)), described.get(filters.get(j)));
                    problems.add(
                            MessageId.SHARED_OVERLAP,
                            "topic filters "
                                    + String.join(
                                            " and ", both.stream().sorted().toList())
                                    + " overlap: on one connection, '" + broker + "', each message would be handled"
                                    + " twice; put one of them on a second connection with @MqttBroker");
                }
            }
        }
    }
}
