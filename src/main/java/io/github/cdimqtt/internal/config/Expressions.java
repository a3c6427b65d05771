package io.github.cdimqtt.internal.config;

import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.internal.text.Printable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Resolves <code>${key}</code> and <code>${key:default}</code>, also within one another; <code>\${</code> stands for those
 * two characters. Braces go in pairs: <code>${base:home/{room}}</code> has the default <code>home/{room}</code>. Faults
 * name what is written in the text itself, and nothing that comes out of the value of a key: that may be a secret.
 */
final class Expressions {
    /** Nobody writes more, and it keeps hostile text off the stack. */
    private static final int DEEPEST = 32;

    private static final String LITERAL = "; write \\${ where no expression is meant";

    private final Function<String, @Nullable String> lookup;
    private final boolean shown;

    private Expressions(Function<String, @Nullable String> lookup, boolean shown) {
        this.lookup = lookup;
        this.shown = shown;
    }

    /**
     * Returns the text with all expressions resolved.
     *
     * @param lookup gives the final value of a key, null if there is none
     * @throws MqttException if a key has neither value nor default, or an expression does not end
     */
    static String resolve(String text, Function<String, @Nullable String> lookup) {
        return new Expressions(lookup, true).resolve(text, 0);
    }

    /** Resolves a secret: what looks like an expression within one may be a part of it. */
    static String resolveSecret(String text, Function<String, @Nullable String> lookup) {
        return new Expressions(lookup, isOne(text)).resolve(text, 0);
    }

    private static boolean isOne(String text) {
        return text.startsWith("${") && indexOf('}', text, 2) == text.length() - 1;
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
                    throw new MqttException("an expression has no closing brace" + LITERAL);
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
        String value = key.isEmpty() ? null : lookUp(key, expression);
        if (value != null) {
            return value;
        }
        if (colon < 0) {
            String written = Printable.of(expression); // what is resolved in it may be a secret
            String fault = key.isEmpty()
                    ? "${} has no key"
                    : shown
                            ? "${" + written + "} has no value; set " + written + " or write ${" + written + ":default}"
                            : "an expression in it has no value";
            throw new MqttException(fault + LITERAL);
        }
        return resolve(expression.substring(colon + 1), depth + 1);
    }

    private @Nullable String lookUp(String key, String expression) {
        try {
            return lookup.apply(key);
        } catch (MqttException e) { // says what is written there
            String place =
                    shown ? "the value of ${" + Printable.of(expression) + "}" : "what an expression in it stands for";
            throw new MqttException(
                    "in " + place + " an expression has no value or no end, or leads back to it" + LITERAL);
        }
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
