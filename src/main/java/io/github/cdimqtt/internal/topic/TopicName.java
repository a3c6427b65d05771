package io.github.cdimqtt.internal.topic;

import io.github.cdimqtt.MqttException;

/** The topic that a message is published to. */
public final class TopicName {
    private TopicName() {}

    /**
     * Checks a topic to publish to (MQTT 3.1.1, section 4.7).
     *
     * @throws MqttException if it is none: the message names the fault and the index of the character
     */
    public static void check(String topic) {
        TopicText.check(TopicText.NAME, topic);
        int plus = topic.indexOf('+');
        int hash = topic.indexOf('#');
        if (plus >= 0 || hash >= 0) { // [4.7.1-1]
            int first = plus < 0 || hash >= 0 && hash < plus ? hash : plus;
            throw TopicText.fault(
                    TopicText.NAME,
                    topic,
                    "'" + topic.charAt(first) + "' is for filters, no message can have it (character " + first + ")");
        }
    }
}
