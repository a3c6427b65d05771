package io.github.cdimqtt.internal.config;

import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.internal.value.IntRange;
import io.github.cdimqtt.internal.value.Limit;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How the value of a setting is written, and what it may be. Its faults say what is wrong and what is allowed; the key
 * and the value are the caller's. Immutable.
 */
final class ValueFormat<T> {
    static final ValueFormat<Boolean> BOOLEAN = choice(
            "write true or false",
            Map.of(
                    "true", true, "1", true, "yes", true, "on", true, //
                    "false", false, "0", false, "no", false, "off", false));

    private final Function<String, @Nullable T> reader;
    private final Limit<? super T> limit;

    /**
     * Creates a format.
     *
     * @param reader makes the value of its text, null for none; throws MqttException
     */
    ValueFormat(Function<String, @Nullable T> reader, Limit<? super T> limit) {
        this.reader = reader;
        this.limit = limit;
    }

    /**
     * Returns the value; null if the text means that there is none.
     *
     * @throws MqttException that says what is wrong, without key and value
     */
    @Nullable
    T read(String text) {
        T value = reader.apply(text);
        String wrong = value == null ? null : limit.fault(value);
        if (wrong != null) {
            throw new MqttException(wrong);
        }
        return value;
    }

    /** Text as it is; none if empty. */
    static ValueFormat<String> text(Limit<String> limit) {
        return new ValueFormat<>(text -> text.isEmpty() ? null : text, limit);
    }

    /** Whole numbers. */
    static ValueFormat<Integer> number(IntRange range) {
        return new ValueFormat<>(
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
                range);
    }

    static ValueFormat<Duration> duration(Limit<Duration> limit) {
        return new ValueFormat<>(DurationFormat::parse, limit);
    }

    /**
     * Words that stand for values, in any case.
     *
     * @param allowed what to write instead of anything else
     * @param words in lower case
     */
    static <T> ValueFormat<T> choice(String allowed, Map<String, T> words) {
        return words(
                word -> {
                    T value = words.get(word);
                    if (value == null) {
                        throw new MqttException("unknown; " + allowed);
                    }
                    return value;
                },
                value -> null);
    }

    /** Words in lower case that a function knows; another one it returns as it is, for the limit to refuse. */
    static <T> ValueFormat<T> words(Function<String, @Nullable T> words, Limit<? super T> limit) {
        return new ValueFormat<>(text -> words.apply(text.strip().toLowerCase(Locale.ROOT)), limit);
    }
}
