package io.github.cdimqtt.internal.text;

import java.util.Locale;

/**
 * Text that comes from elsewhere, as logs and exceptions show it: a topic may have 65,535 bytes, and line ends that would
 * begin a line of somebody else's words.
 */
public final class Printable {
    private static final int MOST_CHARACTERS = 240;

    private Printable() {}

    /**
     * Returns a text in one line of at most 240 characters: what can't be seen, or ends the line, is shown by its
     * number, and an end that is left out by three dots.
     */
    public static String of(String text) {
        StringBuilder shown = new StringBuilder();
        for (int i = 0; i < text.length(); i = text.offsetByCodePoints(i, 1)) {
            String each = shown(text.codePointAt(i));
            if (shown.length() + each.length() > MOST_CHARACTERS) {
                return shown.append("...").toString();
            }
            shown.append(each);
        }
        return shown.toString();
    }

    private static String shown(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> String.format(Locale.ROOT, "\\u%04x", character);
            default -> Character.toString(character);
        };
    }
}
