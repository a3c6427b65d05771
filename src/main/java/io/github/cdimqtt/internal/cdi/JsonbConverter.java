package io.github.cdimqtt.internal.cdi;

import io.github.cdimqtt.MqttMessage;
import io.github.cdimqtt.PayloadConverter;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import java.io.ByteArrayInputStream;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** JSON through JSON-B, where the application has it: the converter of last resort. Thread-safe. */
final class JsonbConverter implements PayloadConverter<Object> {
    private final Jsonb jsonb = JsonbBuilder.create();

    private JsonbConverter() {}

    /** Returns the converter, or null where there is no JSON-B. */
    static @Nullable PayloadConverter<Object> ifPresent() {
        try {
            return new JsonbConverter();
        } catch (RuntimeException | LinkageError absent) {
            return null;
        }
    }

    @Override
    public boolean supports(Type type) {
        return true;
    }

    @Override
    public Object read(MqttMessage message, Type type) {
        return jsonb.fromJson(new ByteArrayInputStream(message.payload()), type);
    }

    @Override
    public byte[] write(Object value) {
        return jsonb.toJson(value).getBytes(StandardCharsets.UTF_8);
    }
}
