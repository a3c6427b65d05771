package io.github.cdimqtt.internal.deployment;

import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.MqttTopic;
import io.github.cdimqtt.OnFailure;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.dispatch.MessageObserver;
import io.github.cdimqtt.internal.reporting.MessageId;
import io.github.cdimqtt.internal.reporting.Problem;
import java.util.function.Consumer;

/** Validates that a connection supports the {@code onFailure} of its observers. Thread-safe if its listener is. */
public final class OnFailureValidator {
    private final Consumer<Problem> problems;

    public OnFailureValidator(Consumer<Problem> problems) {
        this.problems = problems;
    }

    public void validate(MessageObserver observer, String broker, MqttConfig config) {
        for (MqttTopic topic : observer.topics()) {
            if (topic.onFailure() == OnFailure.REDELIVER && topic.qos() == Qos.AT_MOST_ONCE) {
                problems.accept(new Problem(
                        MessageId.NO_EFFECT,
                        observer.location()
                                + ": onFailure = REDELIVER has no effect on messages of QoS 0, which no broker"
                                + " sends again; ask for qos = AT_LEAST_ONCE on '" + topic.value() + "'"));
            }
            if (topic.onFailure() == OnFailure.REDELIVER && !config.sessionKept()) {
                problems.accept(new Problem(
                        MessageId.NO_REDELIVERY,
                        observer.location()
                                + ": onFailure = REDELIVER needs a session that the broker keeps; set "
                                + (config.protocolVersion().equals("5")
                                        ? "session-expiry"
                                        : "clean-session=false and a client-id")
                                + " for the connection '" + broker + "'"));
            }
            if (topic.onFailure() == OnFailure.DEAD_LETTER && config.deadLetterTopic() == null) {
                problems.accept(new Problem(
                        MessageId.NO_DEAD_LETTER_TOPIC,
                        observer.location()
                                + ": onFailure = DEAD_LETTER needs a place to send to; set dead-letter-topic"
                                + " for the connection '" + broker + "'"));
            }
        }
    }
}
