package io.github.cdimqtt.internal.session.subscription;

import io.github.cdimqtt.internal.topic.TopicFilter;

/**
 * A subscriber to a topic filter, as a recipient of its retained messages.
 *
 * @param filter the topic filter
 * @param consumer whether it is the filter's consumer; otherwise it stands for the filter's observers
 */
public record Recipient(TopicFilter filter, boolean consumer) {}
