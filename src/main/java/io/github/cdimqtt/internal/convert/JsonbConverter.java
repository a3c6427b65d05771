package io.github.cdimqtt.internal.convert;

import io.github.cdimqtt.MqttBroker;
import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.MqttMessage;
import io.github.cdimqtt.PayloadConverter;
import io.github.cdimqtt.internal.beans.ApplicationBeans;
import io.github.cdimqtt.internal.reporting.Log;
import io.github.cdimqtt.internal.text.Printable;
import jakarta.enterprise.inject.AmbiguousResolutionException;
import jakarta.enterprise.inject.UnproxyableResolutionException;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.json.bind.JsonbConfig;
import jakarta.json.stream.JsonParsingException;
import java.lang.reflect.Type;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ServiceConfigurationError;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * JSON through JSON-B, where the application has it: the converter of last resort. It is the application's {@code Jsonb}
 * bean, or made with its {@code JsonbConfig} bean, or with the default settings. Thread-safe.
 */
public final class JsonbConverter implements PayloadConverter<Object> {
    private final Supplier<Jsonb> source;
    private final boolean configured;
    private final boolean ours;
    private volatile @Nullable Jsonb jsonb;

    private JsonbConverter(Supplier<Jsonb> source, boolean configured, boolean ours) {
        this.source = source;
        this.configured = configured;
        this.ours = ours;
    }

    /** Returns the converter with default settings, or null where there is no JSON-B. */
    public static @Nullable PayloadConverter<Object> ifPresent() {
        try {
            JsonbConverter converter = new JsonbConverter(JsonbBuilder::create, false, true);
            converter.jsonb();
            return converter;
        } catch (RuntimeException | LinkageError | ServiceConfigurationError absent) {
            return null;
        }
    }

    /** Says what to add to the class path where {@link #ifPresent} has nothing, and why if there is something already. */
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
     * Returns the converter of an application, or null where there is no JSON-B. Its beans are not asked for before the
     * first payload.
     *
     * @throws AmbiguousResolutionException if there are several beans to choose from
     * @throws UnproxyableResolutionException if the one to be used can't be had
     */
    public static @Nullable PayloadConverter<Object> ifPresent(ApplicationBeans beans) {
        try {
            Supplier<Jsonb> jsonb = bean(beans, Jsonb.class);
            if (jsonb != null) {
                return new JsonbConverter(jsonb, true, false);
            }
            Supplier<JsonbConfig> config = bean(beans, JsonbConfig.class);
            PayloadConverter<Object> byDefault = ifPresent();
            if (config == null || byDefault == null) {
                return byDefault;
            }
            ((JsonbConverter) byDefault).close();
            return new JsonbConverter(() -> JsonbBuilder.create(config.get()), true, true);
        } catch (LinkageError absent) {
            return null;
        }
    }

    private static <T> @Nullable Supplier<T> bean(ApplicationBeans beans, Class<T> type) {
        Bean<?> bean = beans.of(MqttBroker.DEFAULT, type);
        String fault = bean == null ? null : beans.unproxyable(bean, type);
        if (fault != null) {
            throw new UnproxyableResolutionException(fault);
        }
        return bean == null ? null : () -> type.cast(beans.reference(bean, type));
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

    /** Lets go of the adapters and (de)serializers that JSON-B has made, which may be beans; a bean is the container's. */
    void close() {
        Jsonb known = jsonb;
        try {
            if (known != null && ours) {
                known.close();
            }
        } catch (Exception e) { // the application ends all the same
            Log.debug("JSON-B was not closed", e);
        }
    }

    /** Tells whether it may read a type; what the application configures may read any. */
    @Override
    public boolean supports(Type type) {
        return configured || JsonbTypes.canRead(type);
    }

    @Override
    @SuppressWarnings("NullAway") // JSON null, which its caller looks for
    public Object read(MqttMessage message, Type type) throws CharacterCodingException {
        // Given bytes, parsers put U+FFFD for what is not UTF-8.
        String text = StandardCharsets.UTF_8
                .newDecoder()
                .decode(message.payloadBuffer())
                .toString();
        try {
            return jsonb().fromJson(text, type);
        } catch (RuntimeException e) { // one of JSON-B by name would have to be there before this class is

            String fault = JsonFault.of(text, e, offset(e));
            if (fault == null) {
                throw e;
            }
            throw new MqttException(fault, e);
        }
    }

    /** Returns at which character it is no JSON, -1 if that is not told; null if it is JSON. */
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
