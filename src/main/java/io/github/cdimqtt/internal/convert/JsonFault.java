package io.github.cdimqtt.internal.convert;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Describes why a payload does not convert without any of it: by position, kind of JSON, and names of the type. */
final class JsonFault {
    /** Messages of Yasson, which name fields of the Java type. */
    private static final Pattern IN_FIELD =
            Pattern.compile("Unable to deserialize property '([\\w$]{1,100})' because of: ");

    private static final Pattern MISSING = Pattern.compile("JsonbCreator parameter ([\\w$]{1,100}) is missing");
    private static final Pattern UNKNOWN =
            Pattern.compile("Json property .* can not be mapped to a class", Pattern.DOTALL);

    private JsonFault() {}

    /**
     * Returns the reason; null if it is unknown.
     *
     * @param offset where the parser failed, -1 if that is unknown; null if it did not
     */
    static @Nullable String of(String text, Throwable thrown, @Nullable Long offset) {
        if (text.isEmpty()) {
            return "empty payload";
        }
        if (offset != null || text.isBlank()) {
            return "not JSON" + position(text, offset == null ? -1 : offset);
        }
        String message = String.valueOf(thrown.getMessage());
        List<String> fields = new ArrayList<>();
        Matcher in = IN_FIELD.matcher(message);
        int read = 0;
        while (in.find(read) && in.start() == read) {
            fields.add(in.group(1));
            read = in.end();
        }
        String path = String.join(".", fields);
        Matcher missing = MISSING.matcher(message).region(read, message.length());
        if (missing.lookingAt()) {
            return "no field '" + (path.isEmpty() ? "" : path + ".") + missing.group(1) + "'";
        }
        if (UNKNOWN.matcher(message).region(read, message.length()).lookingAt()) {
            return "it has a field that the type has not" + (path.isEmpty() ? "" : ", in '" + path + "'");
        }
        if (!path.isEmpty()) {
            return "no such value in field '" + path + "'";
        }
        return message.startsWith("Incorrect position") || message.startsWith("Internal error: null")
                ? kind(text)
                : null;
    }

    /** Counts in the text itself: parsers count characters after its end. */
    private static String position(String text, long offset) {
        if (offset < 0) {
            return "";
        }
        int at = (int) Math.min(offset, text.length());
        long line = text.substring(0, at).chars().filter(each -> each == '\n').count() + 1;
        return String.format(Locale.ROOT, ": line %d, column %d", line, at - text.lastIndexOf('\n', at - 1));
    }

    /** Returns which kind of JSON it is that is no object; null for an object. */
    static @Nullable String kind(String text) {
        String json = text.strip();
        return switch (json.charAt(0)) {
            case '[' -> "it is a JSON array";
            case '{' -> null;
            case '"' -> "it is a JSON string";
            case 't', 'f' -> "it is a JSON boolean";
            case 'n' -> "it is JSON null";
            default -> "it is a JSON number";
        };
    }
}
