package io.github.cdimqtt.internal.convert;

import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.MqttMessage;
import io.github.cdimqtt.PayloadConverter;
import io.github.cdimqtt.internal.beans.BeanLookup;
import io.github.cdimqtt.internal.reporting.Log;
import io.github.cdimqtt.internal.text.Printable;
import jakarta.enterprise.inject.AmbiguousResolutionException;
import jakarta.enterprise.inject.UnproxyableResolutionException;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.json.bind.JsonbConfig;
import jakarta.json.stream.JsonParsingException;
import java.lang.reflect.Type;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Converts JSON with JSON-B, where the application has it: the converter of last resort. It uses the application's
 * {@code Jsonb} bean, or makes a {@code Jsonb} with its {@code JsonbConfig} bean or the default settings. Thread-safe.
 */
public final class JsonbConverter implements PayloadConverter<Object> {
    private final Supplier<Jsonb> source;
    private final boolean configured;
    private final boolean closeable;
    private final Map<Type, Boolean> readable = new ConcurrentHashMap<>(); // asked for with each message
    private volatile @Nullable Jsonb jsonb;

    private JsonbConverter(Supplier<Jsonb> source, boolean configured, boolean closeable) {
        this.source = source;
        this.configured = configured;
        this.closeable = closeable;
    }

    /** Returns the converter with default settings; null where JSON-B is absent. */
    public static @Nullable PayloadConverter<Object> ifPresent() {
        try {
            JsonbConverter converter = new JsonbConverter(JsonbBuilder::create, false, true);
            converter.jsonb();
            return converter;
        } catch (RuntimeException | LinkageError | ServiceConfigurationError absent) {
            return null;
        }
    }

    /** Returns what to add to the class path where {@link #ifPresent} returns null, and why JSON-B fails if it is there. */
    public static String missing() {
        String remedy = "JSON-B with an implementation to the class path, such as org.eclipse:yasson, or in a server"
                + " its feature, on Open Liberty jsonb-3.0";
        try {
            JsonbBuilder.create().close();
            return remedy;
        } catch (Exception | ServiceConfigurationError incomplete) { // the API is there, and not all that it needs
            return remedy + " (what is there can't be used: " + Printable.reason(incomplete) + ")";
        } catch (LinkageError absent) {
            return remedy;
        }
    }

    /**
     * Returns the converter of an application that configures JSON-B by a bean; null if it does not, or JSON-B is absent.
     * References to its beans are obtained with the first payload.
     *
     * @throws AmbiguousResolutionException if there are several beans to choose from
     * @throws UnproxyableResolutionException if the one to be used has no client proxy
     */
    static @Nullable PayloadConverter<Object> ifConfigured(BeanLookup beans) {
        try {
            Supplier<Jsonb> jsonb = beans.source(Jsonb.class);
            if (jsonb != null) {
                return new JsonbConverter(jsonb, true, false);
            }
            Supplier<JsonbConfig> config = beans.source(JsonbConfig.class);
            if (config == null || !(ifPresent() instanceof JsonbConverter byDefault)) {
                return null;
            }
            byDefault.close();
            return new JsonbConverter(() -> JsonbBuilder.create(config.get()), true, true);
        } catch (LinkageError absent) {
            return null;
        }
    }

    private Jsonb jsonb() {
        Jsonb known = jsonb;
        return known == null ? make() : known;
    }

    private synchronized Jsonb make() {
        Jsonb known = jsonb;
        if (known == null) {
            known = source.get();
            jsonb = known;
        }
        return known;
    }

    /** Closes the {@code Jsonb} unless it is a bean, with its adapters and (de)serializers, which may be beans. */
    void close() {
        Jsonb known = jsonb;
        try {
            if (known != null && closeable) {
                known.close();
            }
        } catch (Exception e) { // the application ends all the same
            Log.debug("JSON-B was not closed", e);
        }
    }

    /** Returns whether it may read a type; if the application configures JSON-B, that is any. */
    @Override
    public boolean supports(Type type) {
        return configured || readable.computeIfAbsent(type, JsonbTypes::canRead);
    }

    @Override
    @SuppressWarnings("NullAway") // JSON null, which the caller checks for
    public Object read(MqttMessage message, Type type) throws CharacterCodingException {
        // Parsers of bytes would replace what is not UTF-8 by U+FFFD.
        String text = StandardCharsets.UTF_8
                .newDecoder()
                .decode(message.payloadBuffer())
                .toString();
        try {
            return jsonb().fromJson(text, type);
        } catch (RuntimeException e) { // catching a type of JSON-B would need JSON-B to load this class

            String fault = JsonFault.of(text, e, offset(e));
            if (fault == null) {
                throw e;
            }
            throw new MqttException(fault, e);
        }
    }

    /** Returns at which character it is no JSON, -1 if that is unknown; null if it is JSON. */
    private static @Nullable Long offset(@Nullable Throwable thrown) {
        if (thrown == null) {
            return null;
        }
        return thrown instanceof JsonParsingException parsing
                ? Long.valueOf(
                        parsing.getLocation() == null
                                ? -1
                                : parsing.getLocation().getStreamOffset())
                : offset(thrown.getCause());
    }

    @Override
    public byte[] write(Object value) throws Exception {
        if (!configured && !JsonbTypes.canWrite(value.getClass())) {
            throw new MqttException("no PayloadConverter writes it, and it is no value that JSON could hold");
        }
        return PayloadConverter.builtIn().write(jsonb().toJson(value));
    }
}
