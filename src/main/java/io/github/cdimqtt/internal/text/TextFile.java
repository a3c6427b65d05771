package io.github.cdimqtt.internal.text;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

/** Decodes text files as editors on all systems write them: UTF-8 or UTF-16, with or without a byte order mark. */
public final class TextFile {
    private static final String MARK = "\ufeff";

    private TextFile() {}

    /** Returns the text of these bytes without its byte order mark; what can't be read becomes {@code U+FFFD}. */
    public static String decode(byte[] bytes) {
        // Files of settings and PEM files begin with ASCII: half of a UTF-16 character is 0 then.
        boolean wide = bytes.length >= 2 && bytes.length % 2 == 0;
        boolean little = wide && (startsWith(bytes, 0xff, 0xfe) || bytes[0] != 0 && bytes[1] == 0);
        boolean big = wide && (startsWith(bytes, 0xfe, 0xff) || bytes[0] == 0 && bytes[1] != 0);
        String text = new String(bytes, little ? UTF_16LE : big ? UTF_16BE : UTF_8);
        return text.startsWith(MARK) ? text.substring(1) : text;
    }

    private static boolean startsWith(byte[] bytes, int first, int second) {
        return (bytes[0] & 0xff) == first && (bytes[1] & 0xff) == second;
    }
}
