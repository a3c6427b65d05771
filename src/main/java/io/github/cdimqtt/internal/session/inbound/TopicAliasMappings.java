package io.github.cdimqtt.internal.session.inbound;

import io.github.cdimqtt.internal.packet.MalformedPacketException;
import io.github.cdimqtt.internal.packet.Packet;
import org.jspecify.annotations.Nullable;

/**
 * The topics that the broker's topic aliases stand for, on one connection after the other (MQTT 5.0, section 3.3.2.3.4). Where
 * the broker sends one that has no topic, as Artemis may where filters overlap, the next connections go without. On the thread of
 * the newest channel only, except for {@link #maximum}.
 */
final class TopicAliasMappings {
    private volatile int maximum;
    private @Nullable String[] topics = {}; // that of alias 1 is the first

    /**
     * Creates them, empty.
     *
     * @param maximum the highest alias that the broker may send, 0 for none
     */
    TopicAliasMappings(int maximum) {
        this.maximum = maximum;
    }

    /** Returns the highest alias that the broker may send on the next connection, 0 for none. Any thread. */
    int maximum() {
        return maximum;
    }

    /** A connection begins: no alias has a topic. */
    void connected() {
        topics = new String[0];
    }

    /**
     * Returns a message with its topic and without an alias.
     *
     * @throws MalformedPacketException if its alias is above the maximum [MQTT-3.3.2-11], or has no topic
     */
    Packet.Publish resolve(Packet.Publish message) throws MalformedPacketException {
        int alias = message.topicAlias();
        if (alias == 0) {
            return message;
        }
        if (alias > maximum) {
            throw new MalformedPacketException(
                    "the broker sent topic alias " + alias + ", although topic-alias-maximum is " + maximum
                            + "; that is a fault of the broker",
                    MalformedPacketException.TOPIC_ALIAS_INVALID);
        }
        if (topics.length == 0) {
            topics = new String[maximum]; // many brokers send no alias
        }
        String topic = message.topic();
        if (topic.isEmpty()) {
            topic = topics[alias - 1];
        } else {
            topics[alias - 1] = topic;
        }
        if (topic == null) {
            maximum = 0;
            throw new MalformedPacketException(
                    "the broker sent topic alias " + alias + " without a topic, and gave it none before on this"
                            + " connection; that is a fault of the broker, so the next connections do without aliases, as"
                            + " topic-alias-maximum=0 does from the first",
                    MalformedPacketException.PROTOCOL_ERROR);
        }
        return message.with(topic, 0);
    }
}
