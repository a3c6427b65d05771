package io.github.cdimqtt.internal.dispatch;

import io.github.cdimqtt.internal.topic.TopicFilter;

/**
 * A shared subscription whose topics another filter of the same connection matches too: brokers send each message of
 * them once for either, and MQTT 3.1.1 does not tell which is which.
 */
public final class SharedOverlap {

    private SharedOverlap() {}

    public static boolean between(TopicFilter a, TopicFilter b) {
        return (a.shareGroup() != null || b.shareGroup() != null) && !a.equals(b) && a.overlaps(b);
    }
}
