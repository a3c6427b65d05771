package io.github.cdimqtt.internal.memory;

import io.github.cdimqtt.internal.topic.TopicFilter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The retained message of each topic. Not thread-safe. */
final class RetainedStore {
    private final Map<String, StoredMessage> messages = new LinkedHashMap<>();

    /** Keeps a message in place of the former one; an empty one removes that [MQTT-3.3.1-6]. */
    void put(StoredMessage message) {
        messages.remove(message.topic());
        if (message.payload().hasRemaining()) {
            messages.put(message.topic(), message);
        }
    }

    void clear() {
        messages.clear();
    }

    /** Returns those that match, the oldest first. */
    List<StoredMessage> matching(TopicFilter filter, long now) {
        messages.values().removeIf(each -> each.isExpired(now));
        return messages.values().stream()
                .filter(each -> filter.matches(each.topic()))
                .toList();
    }
}
