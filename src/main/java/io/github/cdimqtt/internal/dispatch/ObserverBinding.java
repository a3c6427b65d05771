package io.github.cdimqtt.internal.dispatch;

import io.github.cdimqtt.internal.convert.Converters;
import io.github.cdimqtt.internal.topic.TopicTemplate;
import java.util.List;

/**
 * What an observer of messages is bound to, once its deployment is validated. Immutable.
 *
 * @param templates the topic of each {@code @MqttTopic} on it, in their order
 * @param variables the topic variables that its parameters ask for
 * @param converters those that convert its payload
 */
public record ObserverBinding(
        List<TopicTemplate> templates, List<CurrentMessage.Variable> variables, Converters converters) {}
