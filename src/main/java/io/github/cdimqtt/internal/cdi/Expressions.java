package io.github.cdimqtt.internal.cdi;

import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.internal.text.Printable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Resolves <code>${key}</code> and <code>${key:default}</code>, also within one another; <code>\${</code> stands for those
 * two characters. Braces go in pairs: <code>${base:home/{room}}</code> has the default <code>home/{room}</code>. Faults
 * name keys, never values: these may be secrets.
 */
final class Expressions {
    /** Nobody writes more, and it keeps hostile text off the stack. */
    private static final int DEEPEST = 32;

    private final Function<String, @Nullable String> lookup;

    private Expressions(Function<String, @Nullable String> lookup) {
        this.lookup = lookup;
    }

    /**
     * Returns the text with all expressions resolved.
     *
     * @param lookup gives the final value of a key, null if there is none
     * @throws MqttException if a key has neither value nor default, or an expression does not end
     */
    static String resolve(String text, Function<String, @Nullable String> lookup) {
        return new Expressions(lookup).resolve(text, 0);
    }

    private String resolve(String text, int depth) {
        if (depth > DEEPEST) {
            throw new MqttException("expressions within one another, more than " + DEEPEST + " deep");
        }
        StringBuilder resolved = new StringBuilder();
        int done = 0;
        for (int start = text.indexOf("${"); start >= 0; start = text.indexOf("${", done)) {
            if (start > done && text.charAt(start - 1) == '\\') {
                resolved.append(text, done, start - 1).append("${");
                done = start + 2;
            } else {
                int end = indexOf('}', text, start + 2);
                if (end < 0) {
                    throw new MqttException("an expression has no closing brace");
                }
                resolved.append(text, done, start).append(value(text.substring(start + 2, end), depth));
                done = end + 1;
            }
        }
        return resolved.append(text, done, text.length()).toString();
    }

    private String value(String expression, int depth) {
        int colon = indexOf(':', expression, 0);
        String key = resolve(colon < 0 ? expression : expression.substring(0, colon), depth + 1);
        String value = key.isEmpty() ? null : lookup.apply(key);
        if (value != null) {
            return value;
        }
        if (colon < 0) {
            String shown = Printable.of(expression); // as it is written: what is resolved in it may be a secret
            throw new MqttException(
                    key.isEmpty()
                            ? "${} has no key"
                            : "${" + shown + "} has no value; set " + shown + " or write ${" + shown + ":default}");
        }
        return resolve(expression.substring(colon + 1), depth + 1);
    }

    /** Returns the index of a character outside of all braces that open after {@code start}; -1 if there is none. */
    private static int indexOf(char wanted, String text, int start) {
        int open = 0;
        for (int i = start; i < text.length(); i++) {
            char c = text.charAt(i);
            if (open == 0 && c == wanted) {
                return i;
            }
            open += c == '{' ? 1 : c == '}' ? -1 : 0;
        }
        return -1;
    }
}
