package io.github.cdimqtt.internal.session.subscription;

import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.topic.TopicFilter;

/**
 * A filter whose messages name it.
 *
 * @param qos the highest of its messages, as far as is known
 */
record IdentifiedFilter(TopicFilter filter, int identifier, Qos qos) {}
