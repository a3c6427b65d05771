package io.github.cdimqtt;

import static java.util.Map.entry;

import io.github.cdimqtt.internal.text.Printable;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The types that need no converter bean: bytes as they are, the rest as UTF-8 text. */
final class BuiltInConverter implements PayloadConverter<Object> {

    static final BuiltInConverter INSTANCE = new BuiltInConverter();

    private static final Pattern DECIMAL = Pattern.compile("[+-]?(NaN|Infinity|[0-9.]+([eE][+-]?[0-9]+)?)");

    /** The time that the JDK takes for one grows with the square of its length: a megabyte keeps a core busy for long. */
    private static final int LONGEST_NUMBER = 10_000;

    private static final Map<Type, Function<MqttMessage, Object>> READERS = Map.ofEntries(
            entry(MqttMessage.class, message -> message),
            entry(byte[].class, MqttMessage::payload),
            entry(ByteBuffer.class, MqttMessage::payloadBuffer),
            entry(String.class, BuiltInConverter::strictText),
            entry(Byte.class, number(Byte::valueOf)),
            entry(byte.class, number(Byte::valueOf)),
            entry(Short.class, number(Short::valueOf)),
            entry(short.class, number(Short::valueOf)),
            entry(Integer.class, number(Integer::valueOf)),
            entry(int.class, number(Integer::valueOf)),
            entry(Long.class, number(Long::valueOf)),
            entry(long.class, number(Long::valueOf)),
            entry(Float.class, number(text -> Float.valueOf(decimal(text)))),
            entry(float.class, number(text -> Float.valueOf(decimal(text)))),
            entry(Double.class, number(text -> Double.valueOf(decimal(text)))),
            entry(double.class, number(text -> Double.valueOf(decimal(text)))),
            entry(BigInteger.class, number(text -> new BigInteger(bounded(text)))),
            entry(BigDecimal.class, number(text -> new BigDecimal(bounded(text)))),
            entry(Boolean.class, BuiltInConverter::bool),
            entry(boolean.class, BuiltInConverter::bool));

    private BuiltInConverter() {}

    @Override
    public boolean supports(Type type) {
        return READERS.containsKey(type);
    }

    @Override
    public Object read(MqttMessage message, Type type) {
        Function<MqttMessage, Object> reader = READERS.get(type);
        if (reader == null) {
            throw new MqttException("a payload can't be read as " + type.getTypeName());
        }
        try {
            return reader.apply(message);
        } catch (MqttException e) {
            throw new MqttException(
                    "the payload on '" + Printable.of(message.topic()) + "' does not convert to "
                            + ((Class<?>) type).getSimpleName() + ": " + e.getMessage(),
                    e.getCause());
        }
    }

    @Override
    public byte[] write(Object value) {
        if (value instanceof byte[] bytes) {
            return bytes.clone();
        }
        if (value instanceof MqttMessage message) {
            return message.payload();
        }
        if (value instanceof ByteBuffer buffer) {
            byte[] bytes = new byte[buffer.remaining()];
            buffer.duplicate().get(bytes);
            return bytes;
        }
        String text = value.toString();
        if (!hasSurrogates(text)) {
            return text.getBytes(StandardCharsets.UTF_8); // far quicker than an encoder of its own for each text
        }
        try {
            ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(java.nio.CharBuffer.wrap(text));
            byte[] bytes = new byte[encoded.remaining()];
            encoded.get(bytes);
            return bytes;
        } catch (CharacterCodingException e) {
            throw new MqttException("the text has half of a surrogate pair, which UTF-8 cannot express", e);
        }
    }

    private static boolean hasSurrogates(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    private static Function<MqttMessage, Object> number(Function<String, Object> parse) {
        return message -> {
            String text = strictText(message).strip();
            try {
                return parse.apply(text);
            } catch (NumberFormatException e) {
                throw new MqttException(text.isEmpty() ? "the payload is empty, not a number" : "not such a number");
            }
        };
    }

    /** Keeps out what Java reads as a number and nobody sends: {@code 1d}, {@code 0x1p3}. */
    private static String decimal(String text) {
        if (!DECIMAL.matcher(text).matches()) {
            throw new NumberFormatException();
        }
        return text;
    }

    private static String bounded(String text) {
        if (text.length() > LONGEST_NUMBER) {
            throw new MqttException("not such a number: it has " + text.length() + " characters, at most "
                    + LONGEST_NUMBER + " are read");
        }
        return text;
    }

    private static Object bool(MqttMessage message) {
        String text = strictText(message).strip();
        if (text.equalsIgnoreCase("true")) {
            return Boolean.TRUE;
        }
        if (text.equalsIgnoreCase("false")) {
            return Boolean.FALSE;
        }
        throw new MqttException("neither 'true' nor 'false'");
    }

    private static String strictText(MqttMessage message) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(message.payloadBuffer())
                    .toString();
        } catch (CharacterCodingException e) {
            throw new MqttException("the payload is not UTF-8", e);
        }
    }
}
