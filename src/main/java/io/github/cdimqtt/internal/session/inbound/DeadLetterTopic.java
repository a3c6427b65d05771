package io.github.cdimqtt.internal.session.inbound;

import io.github.cdimqtt.internal.packet.Packet;
import org.jspecify.annotations.Nullable;

/** The topic of dead letters: {@code {topic}} in it stands for the topic of the failed message. Immutable. */
public final class DeadLetterTopic {
    private static final String VARIABLE = "{topic}";

    private final String prefix;
    private final String suffix;
    private final boolean hasVariable;

    public DeadLetterTopic(@Nullable String topic) {
        String template = topic == null ? "" : topic;
        int index = template.indexOf(VARIABLE);
        hasVariable = index >= 0;
        prefix = hasVariable ? template.substring(0, index) : template;
        suffix = hasVariable ? template.substring(index + VARIABLE.length()) : "";
    }

    /**
     * Returns whether a message becomes a dead letter: not without a dead letter topic, and not if the message came
     * from there.
     */
    boolean accepts(String topic) {
        return hasVariable
                ? topic.length() < prefix.length() + suffix.length()
                        || !topic.startsWith(prefix)
                        || !topic.endsWith(suffix)
                : !prefix.isEmpty() && !topic.equals(prefix);
    }

    /** Returns the dead letter of a message, with its payload and QoS, not retained. */
    public Packet.Publish deadLetterOf(Packet.Publish message) {
        String topic = hasVariable ? prefix + message.topic() + suffix : prefix;
        return new Packet.Publish(topic, message.payload(), message.qos(), false, false, 0);
    }
}
