package io.github.cdimqtt.internal.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TextTypeTest {

    enum Power {
        ON,
        OFF {
            @Override
            public String toString() {
                return "switched off";
            }
        }
    }

    static Stream<Arguments> values() {
        return Stream.of(
                arguments(String.class, "\"text\" "),
                arguments(char.class, 'x'),
                arguments(Character.class, ' '),
                arguments(byte.class, (byte) -1),
                arguments(Short.class, (short) 2),
                arguments(int.class, 3),
                arguments(Long.class, 4L),
                arguments(float.class, 1.5f),
                arguments(Double.class, -2.5e30),
                arguments(BigInteger.class, BigInteger.TWO.pow(100)),
                arguments(BigDecimal.class, new BigDecimal("1.50")),
                arguments(boolean.class, true),
                arguments(Power.class, Power.ON),
                arguments(Power.class, Power.OFF),
                arguments(DayOfWeek.class, DayOfWeek.MONDAY),
                arguments(UUID.class, new UUID(1, 2)),
                arguments(URI.class, URI.create("mqtt://host/a?b#c")),
                arguments(Instant.class, Instant.ofEpochSecond(1_700_000_000, 5)),
                arguments(OffsetDateTime.class, OffsetDateTime.of(2026, 1, 31, 12, 0, 0, 7, ZoneOffset.UTC)),
                arguments(ZonedDateTime.class, ZonedDateTime.of(2026, 1, 31, 1, 2, 3, 0, ZoneId.of("Europe/Berlin"))),
                arguments(LocalDateTime.class, LocalDateTime.of(2026, 1, 31, 12, 0)),
                arguments(LocalDate.class, LocalDate.of(2026, 1, 31)),
                arguments(LocalTime.class, LocalTime.of(1, 2)),
                arguments(OffsetTime.class, OffsetTime.of(1, 2, 3, 0, ZoneOffset.ofHours(1))),
                arguments(Year.class, Year.of(2026)),
                arguments(YearMonth.class, YearMonth.of(2026, 1)),
                arguments(MonthDay.class, MonthDay.of(1, 31)),
                arguments(Duration.class, Duration.ofMillis(90_500)),
                arguments(Period.class, Period.of(1, 2, 3)),
                arguments(ZoneId.class, ZoneId.of("Europe/Berlin")),
                arguments(ZoneOffset.class, ZoneOffset.ofHours(-3)));
    }

    @ParameterizedTest
    @MethodSource("values")
    void writtenValue_isReadAgain(Class<?> type, Object value) {
        String text = TextType.write(value);
        assertThat(TextType.of(type).parse(text)).isEqualTo(value);
        assertThat(TextType.of(type).parsePayload(text)).isEqualTo(value);
    }

    @Test
    void payload_mayHaveSpaceAroundItsValue_andQuotesWhereJsonHasThem() {
        assertThat(TextType.of(Power.class).parsePayload(" ON\r\n")).isEqualTo(Power.ON);
        assertThat(TextType.of(Power.class).parsePayload("\"ON\"")).isEqualTo(Power.ON);
        assertThat(TextType.of(LocalDate.class).parsePayload("\"2026-01-31\"")).isEqualTo(LocalDate.of(2026, 1, 31));
        assertThat(TextType.of(char.class).parsePayload("x\n")).isEqualTo('x');
        assertThat(TextType.of(String.class).parsePayload(" \"x\" ")).isEqualTo(" \"x\" ");
    }

    static Stream<Arguments> noValues() {
        return Stream.of(
                arguments(Power.class, "on", "not one of ON, OFF"),
                arguments(Power.class, "", "not one of ON, OFF"),
                arguments(char.class, "xy", "not one character"),
                arguments(Character.class, "", "not one character"),
                arguments(int.class, "\"1\"", "not such a number"),
                arguments(boolean.class, "yes", "neither 'true' nor 'false'"),
                arguments(UUID.class, "secret", "not of the form 123e4567-e89b-12d3-a456-426614174000"),
                arguments(URI.class, "a secret", "not of the form http://host/path"),
                arguments(URI.class, "", "not of the form http://host/path"),
                arguments(Instant.class, "secret", "not of the form 2026-01-31T12:00:00Z"),
                arguments(Duration.class, "5s", "not of the form PT1H30M"),
                arguments(ZoneId.class, "secret", "not of the form Europe/Berlin"));
    }

    @ParameterizedTest
    @MethodSource("noValues")
    void textOfAnotherType_isReportedWithoutItsContent(Class<?> type, String text, String reason) {
        assertThatThrownBy(() -> TextType.of(type).parsePayload(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(reason)
                .hasNoCause();
    }

    @Test
    void otherTypes_areNotWrittenAsText() {
        assertThat(List.<Type>of(Object.class, byte[].class, ByteBuffer.class, List.class, void.class, Enum.class))
                .allSatisfy(type -> assertThat(TextType.of(type)).isNull());
        assertThat(TextType.write(List.of())).isNull();
        assertThat(TextType.write(new StringBuilder("x"))).isEqualTo("x");
    }
}
