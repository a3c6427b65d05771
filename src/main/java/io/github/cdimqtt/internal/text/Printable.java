package io.github.cdimqtt.internal.text;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Makes foreign text fit for logs and exceptions. A topic may have 65,535 bytes, and line ends that would forge a line of the
 * log; the value of a setting may be a secret that was written to the wrong key.
 */
public final class Printable {
    private static final int MOST_CHARACTERS = 240;

    /** The part that is examined: enough to recognise a secret that begins before the cut. */
    private static final int MOST_READ = 4096;

    private static final String MASK = "***";

    /** Patterns of secrets, with what is shown of each. */
    private static final Map<Pattern, String> SECRETS = Map.of(
            Pattern.compile("-----BEGIN[\\s\\S]*"), "-----BEGIN " + MASK,
            // DER in base64, as keys are: a SEQUENCE, letters of both cases and a digit
            Pattern.compile("(?<![A-Za-z0-9+/])M[C-I](?=[A-Z0-9+/\\r\\n]*[a-z])(?=[A-Za-z+/\\r\\n]*[0-9])"
                            + "[A-Za-z0-9+/\\r\\n]{46,}=*"),
                    MASK,
            Pattern.compile("eyJ[\\w+/=-]{8,}\\.[\\w+/=.-]+"), MASK, // a JSON Web Token, in either base64
            Pattern.compile("(:/+)\\S*@"), "$1" + MASK + "@", // of a path, too: that has one slash left
            Pattern.compile("(://[^\\s?]*\\?)\\S*"), "$1" + MASK,
            Pattern.compile("(?i)((?:pass|pwd|secret|token|credential|signature|sig|key)[\\w-]{0,20}=)[^\\s&;,]+"),
                    "$1" + MASK);

    private Printable() {}

    /**
     * Returns a text in one line of at most 240 characters. Invisible characters and line ends are replaced by their code, what
     * looks like a secret by three stars, and the part that is cut off by three dots.
     */
    public static String of(String text) {
        String read = text.length() <= MOST_READ ? text : text.substring(0, MOST_READ);
        for (Map.Entry<Pattern, String> secret : SECRETS.entrySet()) {
            read = secret.getKey().matcher(read).replaceAll(secret.getValue());
        }
        StringBuilder shown = new StringBuilder();
        for (int i = 0; i < read.length(); i = read.offsetByCodePoints(i, 1)) {
            String each = shown(read.codePointAt(i));
            if (shown.length() + each.length() > MOST_CHARACTERS) {
                return shown.append("...").toString();
            }
            shown.append(each);
        }
        return shown.toString();
    }

    /** Returns whether a text has a part that looks like a secret, and so is not shown. */
    public static boolean hides(String text) {
        return SECRETS.keySet().stream().anyMatch(secret -> secret.matcher(text).find());
    }

    /** Returns a text of cdi-mqtt in one line and in full, whatever names it holds. */
    public static String line(String text) {
        StringBuilder shown = new StringBuilder();
        text.codePoints().forEach(character -> shown.append(shown(character)));
        return shown.toString();
    }

    /** Returns a text with a question mark for all but printable ASCII. */
    public static String ascii(String text) {
        return text.replaceAll("[^ -~]", "?");
    }

    /** Returns why a file can't be used, without its name: that may be anything, and the JDK's message has all of it. */
    public static String reason(Throwable failure) {
        if (failure instanceof FileSystemException file) {
            return file instanceof NoSuchFileException
                    ? "there is no such file"
                    : file instanceof AccessDeniedException
                            ? "access denied"
                            : file instanceof FileAlreadyExistsException
                                    ? "a file is in its place"
                                    : of(
                                            file.getReason() == null
                                                    ? file.getClass().getSimpleName()
                                                    : file.getReason());
        }
        return of(failure.getMessage() == null ? failure.getClass().getName() : failure.getMessage());
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
