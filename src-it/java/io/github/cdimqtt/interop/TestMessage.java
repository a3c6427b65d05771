package io.github.cdimqtt.interop;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A message of MQTT 5 with its properties (MQTT 5.0, section 3.3.2.3), as every client can tell it. Empty texts stand for
 * properties that it does not have.
 *
 * @param correlation a character for each of its bytes (ISO 8859-1)
 * @param expiry in seconds; null for ever
 * @param user user properties in order; a name may occur more than once
 */
record TestMessage(
        String topic,
        String text,
        int qos,
        boolean retained,
        String contentType,
        String responseTopic,
        String correlation,
        boolean isText,
        @Nullable Long expiry,
        List<Map.Entry<String, String>> user) {

    private static final long EXPIRY = 3600;

    TestMessage {
        user = List.copyOf(user);
    }

    /** Returns a message with every property. */
    static TestMessage withEverything(String topic, int qos) {
        return new TestMessage(
                topic,
                "grüß dich",
                qos,
                false,
                "text/plain;charset=utf-8",
                "interop/answers/ä",
                "c-1",
                true,
                EXPIRY,
                List.of(Map.entry("room", "küche"), Map.entry("room", "bad"), Map.entry("trace", "7")));
    }

    /** Returns a message without any property. */
    static TestMessage plain(String topic, String text, int qos) {
        return new TestMessage(topic, text, qos, false, "", "", "", false, null, List.of());
    }

    /** Returns an answer to this message: on its response topic, with its correlation. */
    TestMessage answer(String text) {
        return new TestMessage(responseTopic, text, qos, false, "", "", correlation, false, null, List.of());
    }

    /** Returns the message without its expiry, of which a broker subtracts the time that it had the message. */
    TestMessage withoutExpiry() {
        return new TestMessage(topic, text, qos, retained, contentType, responseTopic, correlation, isText, null, user);
    }
}
