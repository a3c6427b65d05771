package io.github.cdimqtt.internal.text;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The rules for text in packets (MQTT 3.1.1, section 1.5.3); each fault is a sentence without its subject. */
public final class MqttText {
    /** The longest string of MQTT, whose length has two bytes. */
    public static final int MAX_BYTES = 65_535;

    private MqttText() {}

    /** Returns why a text, such as a password, can't be sent; null if it can. */
    public static @Nullable String fault(String text) {
        if (text.length() <= MAX_BYTES && isAscii(text)) {
            return null;
        }
        if (text.indexOf('\0') >= 0) {
            return "contains U+0000, which is not allowed";
        }
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            return "contains half of a surrogate pair";
        }
        int length = text.getBytes(StandardCharsets.UTF_8).length;
        return length > MAX_BYTES ? length + " bytes long; at most " + MAX_BYTES : null;
    }

    /** Returns whether a text has characters of ASCII alone, and no U+0000: then it has as many bytes. */
    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0 || c > 0x7f) {
                return false;
            }
        }
        return true;
    }

    /** Returns why a string, such as a client identifier, can't be sent or may be refused; null if neither. */
    public static @Nullable String stringFault(String text) {
        String fault = fault(text);
        for (int i = 0; fault == null && i < text.length(); i = text.offsetByCodePoints(i, 1)) {
            fault = fatal(text, i);
        }
        return fault;
    }

    /**
     * Returns why a broker may close the connection over a character, as Mosquitto does; null if it may not. Sent again with
     * each new connection, such a character would end them all.
     */
    public static @Nullable String fatal(String text, int at) {
        char first = text.charAt(at);
        if (first >= ' ' && first < 0x7f) {
            return null;
        }
        int c = text.codePointAt(at);
        boolean control = Character.isISOControl(c);
        return control || (c & 0xfffe) == 0xfffe || c >= 0xfdd0 && c <= 0xfdef
                ? String.format(
                        Locale.ROOT,
                        "brokers may close the connection because of U+%04X, a %s (character %d)",
                        c,
                        control ? "control character" : "non-character",
                        at)
                : null;
    }
}
