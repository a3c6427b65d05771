package io.github.cdimqtt.internal.session.inbound;

import io.github.cdimqtt.internal.text.Bytes;
import io.github.cdimqtt.internal.transport.InboundMessage;
import io.github.cdimqtt.internal.transport.OutboundMessage;
import org.jspecify.annotations.Nullable;

/** Where messages go whose observers failed: {@code {topic}} stands for the topic that they came on. Immutable. */
public final class DeadLetterTopic {
    private static final String VARIABLE = "{topic}";

    private final String before;
    private final String after;
    private final boolean variable;

    public DeadLetterTopic(@Nullable String topic) {
        String written = topic == null ? "" : topic;
        int at = written.indexOf(VARIABLE);
        variable = at >= 0;
        before = variable ? written.substring(0, at) : written;
        after = variable ? written.substring(at + VARIABLE.length()) : "";
    }

    /** Tells whether a message goes there: not one that came from there, and none where there is no such topic. */
    boolean take(String topic) {
        return variable
                ? topic.length() < before.length() + after.length()
                        || !topic.startsWith(before)
                        || !topic.endsWith(after)
                : !before.isEmpty() && !topic.equals(before);
    }

    /** Returns the dead letter of a message: the same payload and QoS, not retained. */
    public OutboundMessage letter(InboundMessage message) {

        String topic = variable ? before + message.topic() + after : before;
        return new OutboundMessage(topic, Bytes.copyOf(message.payload()), message.qos(), false);
    }
}
