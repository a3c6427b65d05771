package io.github.cdimqtt.internal.session.subscription;

import io.github.cdimqtt.internal.topic.TopicFilter;

/**
 * Who subscribed to a topic filter, and is to be given what the broker kept for it.
 *
 * @param filter the topic filter
 * @param consumer whether it is the filter's consumer; otherwise its observers
 */
public record Recipient(TopicFilter filter, boolean consumer) {}
