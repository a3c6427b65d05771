package io.github.cdimqtt;

import io.github.cdimqtt.internal.text.Bytes;
import io.github.cdimqtt.internal.text.Printable;
import io.github.cdimqtt.internal.text.TextType;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The types that need no converter bean: bytes as they are, the rest as UTF-8 text. */
final class BuiltInConverter implements PayloadConverter<Object> {

    static final BuiltInConverter INSTANCE = new BuiltInConverter();

    private static final Map<Type, Function<MqttMessage, Object>> AS_THEY_ARE = Map.of(
            MqttMessage.class, message -> message,
            byte[].class, MqttMessage::payload,
            ByteBuffer.class, MqttMessage::payloadBuffer);

    private BuiltInConverter() {}

    @Override
    public boolean supports(Type type) {
        return AS_THEY_ARE.containsKey(type) || TextType.of(type) != null;
    }

    @Override
    public Object read(MqttMessage message, Type type) {
        Function<MqttMessage, Object> reader = AS_THEY_ARE.get(type);
        if (reader != null) {
            return reader.apply(message);
        }
        TextType text = TextType.of(type);
        if (text == null) {
            throw new MqttException("a payload can't be read as " + type.getTypeName());
        }
        try {
            return text.parsePayload(strictText(message));
        } catch (CharacterCodingException e) {
            throw noValue(message, type, "the payload is not UTF-8", e);
        } catch (IllegalArgumentException e) {
            boolean empty = !message.payloadBuffer().hasRemaining();
            throw noValue(message, type, empty ? "empty payload" : String.valueOf(e.getMessage()), null);
        }
    }

    private static MqttException noValue(MqttMessage message, Type type, String reason, @Nullable Throwable cause) {
        return new MqttException(
                "the payload on '" + Printable.of(message.topic()) + "' does not convert to "
                        + ((Class<?>) type).getSimpleName() + ": " + reason,
                cause);
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
            return Bytes.copyOf(buffer);
        }
        String written = TextType.write(value);
        String text = written == null ? value.toString() : written;
        if (!hasSurrogates(text)) {
            return text.getBytes(StandardCharsets.UTF_8); // far quicker than an encoder of its own for each text
        }
        try {
            return Bytes.copyOf(StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text)));
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

    private static String strictText(MqttMessage message) throws CharacterCodingException {
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(message.payloadBuffer())
                .toString();
    }
}
