package io.github.cdimqtt.internal.dispatch;

import io.github.cdimqtt.MqttTopic;
import io.github.cdimqtt.internal.session.subscription.Recipient;
import io.github.cdimqtt.internal.topic.TopicFilter;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A filter that someone listens to: an observer, by the way it is written there, or a consumer. */
record Target(
        TopicFilter filter,
        HandlingTime time,
        @Nullable MessageObserver observer,
        @Nullable MqttTopic topic,
        @Nullable TopicConsumer consumer) {

    boolean isAmong(Set<Recipient> recipients) {
        return recipients.contains(new Recipient(filter, consumer != null));
    }
}
