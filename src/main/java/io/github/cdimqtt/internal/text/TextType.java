package io.github.cdimqtt.internal.text;

import java.lang.invoke.MethodType;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
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
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A type whose values are written as plain text: as a payload, and as a level of a topic. Immutable. */
public final class TextType {
    private static final Pattern DECIMAL = Pattern.compile("[+-]?(NaN|Infinity|[0-9.]+([eE][+-]?[0-9]+)?)");
    private static final Pattern QUOTED = Pattern.compile("\"[^\"]*\"");

    /** The JDK parses a number in a time that grows with the square of its length: a megabyte keeps a core busy for long. */
    private static final int LONGEST_NUMBER = 10_000;

    private static final int MOST_CONSTANTS = 20;
    private static final Map<Type, TextType> ALL = new HashMap<>();

    static {
        ALL.put(String.class, new TextType(Form.EXACT, text -> text, () -> "not text"));
        ALL.put(Character.class, new TextType(Form.EXACT, TextType::character, () -> "not one character"));
        number(Byte.class, Byte::valueOf);
        number(Short.class, Short::valueOf);
        number(Integer.class, Integer::valueOf);
        number(Long.class, Long::valueOf);
        number(Float.class, text -> Float.valueOf(decimal(text)));
        number(Double.class, text -> Double.valueOf(decimal(text)));
        number(BigInteger.class, text -> new BigInteger(bounded(text)));
        number(BigDecimal.class, text -> new BigDecimal(bounded(text)));
        ALL.put(Boolean.class, new TextType(Form.LITERAL, TextType::bool, () -> "neither 'true' nor 'false'"));
        add(UUID.class, UUID::fromString, "123e4567-e89b-12d3-a456-426614174000");
        add(URI.class, URI::create, "http://host/path");
        add(URL.class, TextType::url, "http://host/path");
        add(Instant.class, Instant::parse, "2026-01-31T12:00:00Z");
        add(OffsetDateTime.class, OffsetDateTime::parse, "2026-01-31T12:00:00+01:00");
        add(ZonedDateTime.class, ZonedDateTime::parse, "2026-01-31T12:00:00+01:00[Europe/Berlin]");
        add(LocalDateTime.class, LocalDateTime::parse, "2026-01-31T12:00:00");
        add(LocalDate.class, LocalDate::parse, "2026-01-31");
        add(LocalTime.class, LocalTime::parse, "12:00:00");
        add(OffsetTime.class, OffsetTime::parse, "12:00:00+01:00");
        add(Year.class, Year::parse, "2026");
        add(YearMonth.class, YearMonth::parse, "2026-01");
        add(MonthDay.class, MonthDay::parse, "--01-31");
        add(Duration.class, Duration::parse, "PT1H30M");
        add(Period.class, Period::parse, "P1Y2M3D");
        add(ZoneId.class, ZoneId::of, "Europe/Berlin");
        add(ZoneOffset.class, ZoneOffset::of, "+01:00");
    }

    /** The form in a payload: exact, or with space around it, or also as a JSON string. */
    private enum Form {
        EXACT,
        LITERAL,
        STRING
    }

    private final Form form;
    private final Function<String, Object> parser;
    private final Supplier<String> fault;

    private TextType(Form form, Function<String, Object> parser, Supplier<String> fault) {
        this.form = form;
        this.parser = parser;
        this.fault = fault;
    }

    private static void number(Class<?> type, Function<String, Object> parser) {
        ALL.put(type, new TextType(Form.LITERAL, parser, () -> "not such a number"));
    }

    private static void add(Class<?> type, Function<String, Object> parser, String example) {
        ALL.put(type, new TextType(Form.STRING, parser, () -> "not of the form " + example));
    }

    /** Returns the text type of a Java type, primitive or not; null if its values are not written as text. */
    public static @Nullable TextType of(Type type) {
        return type instanceof Class<?> c && c.isEnum() ? ofEnum(c) : ALL.get(boxed(type));
    }

    /** Returns the type with its box in place of a primitive. */
    public static Type boxed(Type type) {
        return type instanceof Class<?> c && c.isPrimitive()
                ? MethodType.methodType(c).wrap().returnType()
                : type;
    }

    /** Returns the text of a value, as {@link #parse} reads it; null if it is not of such a type. */
    public static @Nullable String write(Object value) {
        if (value instanceof Enum<?> constant) {
            return constant.name();
        }
        boolean text = value instanceof CharSequence
                || value instanceof Number
                || value instanceof ZoneId
                || ALL.containsKey(value.getClass());
        return text ? value.toString() : null;
    }

    /**
     * Parses a text that is the value as a whole.
     *
     * @throws IllegalArgumentException if it is no such value; the message does not hold the text
     */
    public Object parse(String text) {
        if (text.isEmpty() && form != Form.EXACT) {
            throw new Fault(fault.get());
        }
        try {
            return parser.apply(text);
        } catch (Fault e) {
            throw e;
        } catch (RuntimeException e) { // its message holds the text
            throw new Fault(fault.get());
        }
    }

    /**
     * Parses a payload: with space around the value, or as a JSON string. Text and characters are taken as they are.
     *
     * @throws IllegalArgumentException if it is no such value; the message does not hold the text
     */
    public Object parsePayload(String text) {
        if (form == Form.EXACT) {
            return parse(text);
        }
        String value = text.strip();
        boolean quoted = form == Form.STRING && QUOTED.matcher(value).matches();
        return parse(quoted ? value.substring(1, value.length() - 1) : value);
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // an enum class, as its caller has tested
    private static TextType ofEnum(Class<?> type) {
        return new TextType(
                Form.STRING,
                text -> Enum.valueOf((Class<? extends Enum>) type, text),
                () -> "not one of " + constants(type));
    }

    private static String constants(Class<?> type) {
        Object[] all = type.getEnumConstants();
        return Stream.of(all)
                        .limit(MOST_CONSTANTS)
                        .map(each -> ((Enum<?>) each).name())
                        .collect(Collectors.joining(", "))
                + (all.length > MOST_CONSTANTS ? ", ..." : "");
    }

    private static Object character(String text) {
        String one = text.length() == 1 ? text : text.strip();
        if (one.length() != 1) {
            throw new IllegalArgumentException();
        }
        return one.charAt(0);
    }

    private static Object bool(String text) {
        if (text.equalsIgnoreCase("true")) {
            return Boolean.TRUE;
        }
        if (text.equalsIgnoreCase("false")) {
            return Boolean.FALSE;
        }
        throw new IllegalArgumentException();
    }

    /** Rejects literals that Java parses and no sender means: {@code 1d}, {@code 0x1p3}. */
    private static String decimal(String text) {
        if (!DECIMAL.matcher(text).matches()) {
            throw new NumberFormatException();
        }
        return text;
    }

    private static String bounded(String text) {
        if (text.length() > LONGEST_NUMBER) {
            throw new Fault("not such a number: it has " + text.length() + " characters, at most " + LONGEST_NUMBER
                    + " are read");
        }
        return text;
    }

    private static Object url(String text) {
        try {
            return new URL(text);
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static final class Fault extends IllegalArgumentException {
        private static final long serialVersionUID = 1L;

        Fault(String message) {
            super(message);
        }
    }
}
