package io.github.cdimqtt;

import io.github.cdimqtt.internal.text.MqttText;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * How the value of a setting is written and what it may be. Its faults say what is wrong and what is allowed; the key
 * and the value are the caller's. Immutable.
 */
final class Format<T> {
    /** What still converts to nanoseconds and milliseconds everywhere. */
    private static final Duration LONGEST = Duration.ofDays(365);

    private static final String PEM = "-----BEGIN";

    /** Text as MQTT can carry it (MQTT 3.1.1, section 1.5.3); none if empty. */
    static final Format<String> TEXT = new Format<>(text -> text.isEmpty() ? null : text, MqttText::fault);

    /** The name of a file: the file itself in its place is refused, and may be a secret. */
    static final Format<String> FILE = new Format<>(TEXT::read, Format::checkFile);

    /** A string of CONNECT: what a broker hangs up on, again and again, is refused. */
    static final Format<String> STRING = new Format<>(TEXT::read, MqttText::stringFault);

    /** Any text, never printed. */
    static final Format<String> SECRET = new Format<>(TEXT::read, text -> null).hidden();

    static final Format<Boolean> BOOLEAN = choice(
            "write true or false",
            Map.of(
                    "true", true, "1", true, "yes", true, "on", true, //
                    "false", false, "0", false, "no", false, "off", false));

    private final Function<String, @Nullable T> reader;
    private final Function<T, @Nullable String> fault;
    private final boolean secret;

    /**
     * @param reader makes the value of its text; throws MqttException
     * @param fault says what is wrong with a value, or null
     */
    Format(Function<String, @Nullable T> reader, Function<T, @Nullable String> fault) {
        this(reader, fault, false);
    }

    private Format(Function<String, @Nullable T> reader, Function<T, @Nullable String> fault, boolean secret) {
        this.reader = reader;
        this.fault = fault;
        this.secret = secret;
    }

    /** Returns the same, whose values must never be printed. */
    Format<T> hidden() {
        return new Format<>(reader, fault, true);
    }

    boolean isSecret() {
        return secret;
    }

    /** Returns the value; null if the text means that there is none. */
    @Nullable
    T read(String text) {
        T value = reader.apply(text);
        if (value != null) {
            check(value);
        }
        return value;
    }

    /** Throws MqttException if the value is not allowed. */
    void check(T value) {
        String wrong = fault.apply(value);
        if (wrong != null) {
            throw new MqttException(wrong);
        }
    }

    /** Whole numbers. */
    static Format<Integer> number(int min, int max) {
        String range = max == Integer.MAX_VALUE ? min + " or more" : min + " to " + max;
        return new Format<>(
                text -> {
                    if (!text.strip().matches("[+-]?[0-9]+")) {
                        throw new MqttException("not a whole number; " + range);
                    }
                    try {
                        return Integer.valueOf(text.strip());
                    } catch (NumberFormatException e) {
                        throw new MqttException("out of range; " + range);
                    }
                },
                value -> value < min || value > max ? "out of range; " + range : null);
    }

    /** Periods of zero or more. */
    static Format<Duration> duration() {
        return duration(period -> !period.isNegative(), "0 s to 365 days");
    }

    /** Periods of a range. */
    static Format<Duration> duration(Predicate<Duration> allowed, String range) {
        return new Format<>(
                DurationText::parse,
                value -> allowed.test(value) && value.compareTo(LONGEST) <= 0 ? null : "out of range; " + range);
    }

    /**
     * Words that stand for values, in any case.
     *
     * @param allowed what to write instead of anything else
     * @param words in lower case
     */
    static <T> Format<T> choice(String allowed, Map<String, T> words) {
        return choice(word -> {
            T value = words.get(word);
            if (value == null) {
                throw new MqttException("unknown; " + allowed);
            }
            return value;
        });
    }

    /** Words in lower case that a function knows. */
    static <T> Format<T> choice(Function<String, @Nullable T> words) {
        return new Format<>(text -> words.apply(text.strip().toLowerCase(Locale.ROOT)), value -> null);
    }

    /** A path may hold anything but U+0000; what ends a line in it has come there by accident. */
    static @Nullable String checkFile(String name) {
        if (name.contains(PEM)) {
            return "is PEM itself; write that to a file and its path here";
        }
        if (name.contains("://")) {
            return "is a URI; write a path";
        }
        boolean control = name.codePoints().anyMatch(Character::isISOControl);
        return control ? "contains a control character or the end of a line; write a path" : null;
    }
}
