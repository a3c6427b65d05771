package io.github.cdimqtt.internal.dispatch;

import io.github.cdimqtt.MqttMessage;
import io.github.cdimqtt.MqttTopic;
import io.github.cdimqtt.internal.session.subscription.Recipient;
import io.github.cdimqtt.internal.topic.TopicFilter;
import java.util.Set;
import java.util.function.Consumer;

/** One that receives the messages of a topic filter: an observer or a consumer. Immutable. */
sealed interface Target {

    TopicFilter filter();

    /** Returns the handling time of the filter's messages. */
    HandlingTime time();

    /** Returns whether it is one of these recipients. */
    default boolean isAmong(Set<Recipient> recipients) {
        return recipients.contains(new Recipient(filter(), this instanceof OfConsumer));
    }

    /**
     * An observer, by one of its topics.
     *
     * @param topic the annotation that has the filter
     */
    record OfObserver(TopicFilter filter, HandlingTime time, MessageObserver observer, MqttTopic topic)
            implements Target {}

    /**
     * A consumer given to {@link io.github.cdimqtt.Mqtt#subscribe}.
     *
     * @param number how many consumers had subscribed with it
     */
    record OfConsumer(TopicFilter filter, HandlingTime time, Consumer<MqttMessage> consumer, int number)
            implements Target {

        /** Returns what messages to users call it, as the location of an observer. */
        String location() {
            String type = consumer.getClass().getName().replaceFirst("\\$\\$.*", ""); // a lambda expression
            return "the consumer of '" + filter + "' (" + type.substring(type.lastIndexOf('.') + 1) + ")";
        }
    }
}
