package io.github.cdimqtt.internal.convert;

import io.github.cdimqtt.PayloadConverter;
import io.github.cdimqtt.internal.beans.BeanLookup;
import jakarta.enterprise.inject.AmbiguousResolutionException;
import jakarta.enterprise.inject.UnproxyableResolutionException;
import org.jspecify.annotations.Nullable;

/** What reads and writes JSON in an application. */
public final class ApplicationJson {
    private ApplicationJson() {}

    /**
     * Returns JSON-B or Jackson as a bean of the application configures it, or else JSON-B with its defaults; null if there is none.
     *
     * @throws AmbiguousResolutionException if there are several such beans of one type, and none of them takes precedence
     * @throws UnproxyableResolutionException if the one to be used has no client proxy
     */
    public static @Nullable PayloadConverter<Object> converter(BeanLookup beans) {
        PayloadConverter<Object> jsonb = JsonbConverter.ifConfigured(beans);
        PayloadConverter<Object> configured = jsonb == null ? jackson(beans) : jsonb;
        return configured == null ? JsonbConverter.ifPresent() : configured;
    }

    private static @Nullable PayloadConverter<Object> jackson(BeanLookup beans) {
        try {
            return JacksonConverter.ifConfigured(beans);
        } catch (LinkageError absent) {
            return null;
        }
    }
}
