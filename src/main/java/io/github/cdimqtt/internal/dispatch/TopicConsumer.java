package io.github.cdimqtt.internal.dispatch;

import io.github.cdimqtt.MqttMessage;
import io.github.cdimqtt.internal.deployment.CodeLocation;
import io.github.cdimqtt.internal.topic.TopicFilter;
import java.util.function.Consumer;

/** A consumer that {@link io.github.cdimqtt.Mqtt#subscribe} was given, and its filter. */
record TopicConsumer(TopicFilter filter, Consumer<MqttMessage> consumer) {

    /** Says which one it is, as {@link CodeLocation} does of an observer. */
    String place() {
        String type = consumer.getClass().getName().replaceFirst("\\$\\$.*", ""); // a lambda expression
        return "the consumer of '" + filter + "' (" + type.substring(type.lastIndexOf('.') + 1) + ")";
    }
}
