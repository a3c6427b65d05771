package io.github.cdimqtt.internal.session.subscription;

import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.topic.TopicFilter;

/**
 * A filter whose messages name it.
 *
 * @param qos the highest of its messages, as far as is known
 * @param answeredOn the number of the connection on which the broker granted it; -1 while its messages may come or not
 */
record IdentifiedFilter(TopicFilter filter, int identifier, Qos qos, int answeredOn) {}
