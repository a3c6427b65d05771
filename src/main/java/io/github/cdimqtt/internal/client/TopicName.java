package io.github.cdimqtt.internal.client;

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
        checkAnswered(topic);
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

    /**
     * Refuses what a broker may close the connection for (MQTT 3.1.1, section 1.5.3; Mosquitto does): sent again with
     * each new connection, such a message would end them all. Messages that come on such a topic are taken.
     */
    private static void checkAnswered(String topic) {
        for (int i = 0; i < topic.length(); i++) {
            int c = topic.codePointAt(i);
            if (Character.isISOControl(c) || (c & 0xfffe) == 0xfffe || c >= 0xfdd0 && c <= 0xfdef) {
                throw TopicText.fault(
                        TopicText.NAME,
                        topic,
                        String.format(
                                "brokers may close the connection because of U+%04X, a %s (character %d)",
                                c, Character.isISOControl(c) ? "control character" : "non-character", i));
            }
        }
    }
}
