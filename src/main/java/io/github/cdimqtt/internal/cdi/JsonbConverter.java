package io.github.cdimqtt.internal.cdi;

import io.github.cdimqtt.MqttMessage;
import io.github.cdimqtt.PayloadConverter;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import java.lang.reflect.Type;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ServiceConfigurationError;
import org.jspecify.annotations.Nullable;

/** JSON through JSON-B, where the application has it: the converter of last resort. Thread-safe. */
final class JsonbConverter implements PayloadConverter<Object> {
    private final Jsonb jsonb = JsonbBuilder.create();

    private JsonbConverter() {}

    /** Returns the converter, or null where there is no JSON-B. */
    static @Nullable PayloadConverter<Object> ifPresent() {
        try {
            return new JsonbConverter();
        } catch (RuntimeException | LinkageError | ServiceConfigurationError absent) {
            return null;
        }
    }

    /** Lets go of the adapters and (de)serializers that JSON-B has made, which may be beans. */
    void close() {
        try {
            jsonb.close();
        } catch (Exception e) { // the application ends all the same
            System.getLogger("io.github.cdimqtt").log(System.Logger.Level.DEBUG, "JSON-B was not closed", e);
        }
    }

    @Override
    public boolean supports(Type type) {
        return true;
    }

    @Override
    public Object read(MqttMessage message, Type type) throws CharacterCodingException {
        // Given bytes, parsers put U+FFFD for what is not UTF-8.
        CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(message.payloadBuffer());
        return jsonb.fromJson(text.toString(), type);
    }

    @Override
    public byte[] write(Object value) throws Exception {
        return PayloadConverter.builtIn().write(jsonb.toJson(value));
    }
}
