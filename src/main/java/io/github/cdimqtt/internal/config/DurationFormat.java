package io.github.cdimqtt.internal.config;

import io.github.cdimqtt.MqttException;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How a period is written: {@code 5}, {@code 5s}, {@code 500ms}, {@code 2m}, {@code 1h}, {@code PT5S}. */
final class DurationFormat {
    private static final Pattern SIMPLE = Pattern.compile("([0-9]{1,18}) ?(ms|s|m|h|)", Pattern.CASE_INSENSITIVE);

    private DurationFormat() {}

    static Duration parse(String text) {
        String period = text.strip();
        Matcher simple = SIMPLE.matcher(period);
        try {
            if (!simple.matches()) {
                return Duration.parse(period);
            }
            long amount = Long.parseLong(simple.group(1));
            return switch (simple.group(2).toLowerCase(Locale.ROOT)) {
                case "ms" -> Duration.ofMillis(amount);
                case "m" -> Duration.ofMinutes(amount);
                case "h" -> Duration.ofHours(amount);
                default -> Duration.ofSeconds(amount);
            };
        } catch (DateTimeException | ArithmeticException e) {
            throw new MqttException("not a duration; write 5, 5s, 500ms or PT5S");
        }
    }
}
