package io.github.cdimqtt.internal.topic;

import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.internal.text.MqttText;
import io.github.cdimqtt.internal.text.Printable;

/** The rules that topic names and topic filters have in common, their levels, and the message of a fault. */
final class TopicText {
    static final String NAME = "topic";
    static final String FILTER = "topic filter";

    private TopicText() {}

    /** Checks the rules for names and filters alike (MQTT 3.1.1, section 4.7.3). */
    static void check(String kind, String text) {
        if (text.isEmpty()) { // [4.7.3-1]
            throw fault(kind, text, "it must have at least one character");
        }
        int bytes = checkCharacters(kind, text);
        if (bytes > MqttText.MAX_BYTES) { // [4.7.3-3]
            throw fault(
                    kind, text, "it has " + bytes + " bytes in UTF-8, at most " + MqttText.MAX_BYTES + " are allowed");
        }
    }

    /** Checks each character and returns how many bytes all of them take in UTF-8. */
    static int checkCharacters(String kind, String text) {
        int length = text.length();
        int bytes = length;
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c == 0) { // [4.7.3-2]
                throw fault(kind, text, "U+0000 is not allowed (character " + i + ")");
            }
            rejectFatal(kind, text, i);
            if (c >= 0x80) {
                if (!Character.isSurrogate(c)) {
                    bytes += c < 0x800 ? 1 : 2;
                } else if (text.codePointAt(i) > Character.MAX_VALUE) {
                    bytes += 2; // four bytes for two chars
                    i++;
                } else { // [1.5.3-1]
                    throw fault(kind, text, "half of a surrogate pair is not allowed (character " + i + ")");
                }
            }
        }
        return bytes;
    }

    /** Applies to what is sent; messages that arrive on such a topic are accepted. */
    private static void rejectFatal(String kind, String text, int at) {
        String fatal = MqttText.fatal(text, at);
        if (fatal != null) {
            throw fault(kind, text, fatal);
        }
    }

    /** Returns the index of the slash that ends the level, or the length of the text. */
    static int endOfLevel(String text, int from) {
        int slash = text.indexOf('/', from);
        return slash < 0 ? text.length() : slash;
    }

    static MqttException fault(String kind, String text, String fault) {
        return new MqttException(kind + " '" + Printable.of(text) + "': " + fault);
    }
}
