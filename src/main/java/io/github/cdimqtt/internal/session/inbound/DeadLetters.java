package io.github.cdimqtt.internal.session.inbound;

import io.github.cdimqtt.MqttProperties;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.internal.packet.ProtocolVersion;
import io.github.cdimqtt.internal.value.Limits;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes dead letters of failed messages: {@code {topic}} in their topic stands for that of the message. On MQTT 5 they have the
 * properties of the message, and say in user properties why they are dead. Immutable.
 */
public final class DeadLetters {
    private static final String VARIABLE = "{topic}";
    private static final String TOPIC = "dead-letter-topic";
    private static final String OBSERVER = "dead-letter-observer";
    private static final String CAUSE = "dead-letter-cause";
    private static final List<String> OURS = List.of(TOPIC, OBSERVER, CAUSE);

    private final String prefix;
    private final String suffix;
    private final boolean hasVariable;
    private final boolean hasProperties;

    /**
     * Creates it.
     *
     * @param topic null for no dead letters
     */
    public DeadLetters(@Nullable String topic, ProtocolVersion version) {
        String template = topic == null ? "" : topic;
        int index = template.indexOf(VARIABLE);
        hasVariable = index >= 0;
        prefix = hasVariable ? template.substring(0, index) : template;
        suffix = hasVariable ? template.substring(index + VARIABLE.length()) : "";
        hasProperties = version.hasProperties();
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
    public Packet.Publish deadLetterOf(Delivery delivery) {
        Packet.Publish message = delivery.message();
        return new Packet.Publish(
                hasVariable ? prefix + message.topic() + suffix : prefix,
                message.payload(),
                message.qos(),
                false,
                hasProperties ? properties(message, delivery.failure()) : MqttProperties.NONE);
    }

    /**
     * Without the expiry: a dead letter is to be found, however late. Without a response topic that must not be sent
     * [MQTT-3.3.2-14]. The user properties that we add replace those of an
     * earlier death, which came with a message that was published again.
     */
    private static MqttProperties properties(Packet.Publish message, @Nullable ObserverFailure failure) {
        MqttProperties received = message.properties();
        MqttProperties.Builder builder = MqttProperties.builder()
                .contentType(received.contentType())
                .responseTopic(allowed(received.responseTopic()))
                .correlationData(received.correlationData())
                .text(received.isText());
        for (Map.Entry<String, String> each : received.user()) {
            if (!OURS.contains(each.getKey())) {
                builder.user(each.getKey(), each.getValue());
            }
        }
        builder.user(TOPIC, message.topic());
        if (failure != null) {
            builder.user(OBSERVER, failure.observer()).user(CAUSE, failure.cause());
        }
        return builder.build();
    }

    private static @Nullable String allowed(@Nullable String responseTopic) {
        return responseTopic != null && Limits.RESPONSE_TOPIC.fault(responseTopic) == null ? responseTopic : null;
    }
}
