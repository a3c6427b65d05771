package io.github.cdimqtt.internal.convert;

import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.MqttMessage;
import io.github.cdimqtt.PayloadConverter;
import io.github.cdimqtt.internal.beans.BeanLookup;
import io.github.cdimqtt.internal.text.Printable;
import jakarta.enterprise.inject.AmbiguousResolutionException;
import jakarta.enterprise.inject.UnproxyableResolutionException;
import java.io.IOException;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** JSON by the application's {@code ObjectMapper}, with the settings that it has. Thread-safe. */
final class JacksonConverter implements PayloadConverter<Object> {
    private static final int MOST_CAUSES = 10;

    private final Supplier<ObjectMapper> source;
    private volatile @Nullable ObjectMapper mapper;

    private JacksonConverter(Supplier<ObjectMapper> source) {
        this.source = source;
    }

    /**
     * Returns the converter of an application; null if it has no bean for it. The reference to the bean is obtained
     * with the first payload.
     *
     * @throws AmbiguousResolutionException if there are several beans to choose from
     * @throws UnproxyableResolutionException if the one to be used has no client proxy
     * @throws LinkageError if there is no Jackson
     */
    static @Nullable PayloadConverter<Object> ifConfigured(BeanLookup beans) {
        Supplier<ObjectMapper> mapper = beans.source(ObjectMapper.class);
        return mapper == null ? null : new JacksonConverter(mapper);
    }

    private ObjectMapper mapper() {
        ObjectMapper known = mapper;
        return known == null ? find() : known;
    }

    private synchronized ObjectMapper find() {
        ObjectMapper known = mapper;
        if (known == null) {
            known = source.get();
            mapper = known;
        }
        return known;
    }

    /** Returns true: the application may have taught the mapper any type. */
    @Override
    public boolean supports(Type type) {
        return true;
    }

    @Override
    @SuppressWarnings("NullAway") // JSON null, which the caller checks for
    public Object read(MqttMessage message, Type type) throws IOException {
        // Parsers of bytes guess the encoding.
        String text = StandardCharsets.UTF_8
                .newDecoder()
                .decode(message.payloadBuffer())
                .toString();
        try {
            ObjectMapper all = mapper();
            return all.readValue(text, all.constructType(type));
        } catch (IOException e) { // catching a type of Jackson would need Jackson to load this class
            String fault = fault(text, e);
            if (fault == null) {
                throw e;
            }
            throw new MqttException(fault, e);
        }
    }

    /** Describes the failure without any of the payload, which Jackson's own message quotes; null if it is another one. */
    private @Nullable String fault(String text, IOException thrown) {
        if (text.isBlank()) {
            return JsonFault.of(text, thrown, -1L);
        }
        StreamReadException parsing = parsing(thrown);
        if (parsing != null && !(parsing instanceof InputCoercionException)) {
            return JsonFault.of(text, thrown, parsing.getLocation().getCharOffset());
        }
        if (thrown instanceof UnrecognizedPropertyException unknown) {
            String path = path(unknown.getPath().subList(0, unknown.getPath().size() - 1));
            return "it has a field that the type has not" + (path.isEmpty() ? "" : ", in '" + path + "'");
        }
        if (thrown instanceof MismatchedInputException || parsing != null) { // a number that is too large, for instance
            String path = thrown instanceof JsonMappingException mapping ? path(mapping.getPath()) : "";
            String kind = JsonFault.kind(text);
            return path.isEmpty()
                    ? kind == null ? "it is a JSON object" : kind
                    : "no such value in field '" + path + "'";
        }
        return null;
    }

    /** Returns the failure of the parser among the causes, which Jackson wraps below the root; null if there is none. */
    private static @Nullable StreamReadException parsing(Throwable thrown) {
        return Stream.iterate(thrown, Objects::nonNull, Throwable::getCause)
                .limit(MOST_CAUSES)
                .filter(StreamReadException.class::isInstance)
                .map(StreamReadException.class::cast)
                .findFirst()
                .orElse(null);
    }

    private String path(List<JsonMappingException.Reference> steps) {
        return steps.stream().map(this::step).collect(Collectors.joining("."));
    }

    private String step(JsonMappingException.Reference step) {
        if (step.getFieldName() == null) {
            return "[" + step.getIndex() + "]";
        }
        return takesAnyKey(step.getFrom()) ? "{}" : Printable.of(step.getFieldName());
    }

    /** Returns whether the keys of an object are of the payload, and not of the type: as in a map. */
    private boolean takesAnyKey(Object from) {
        if (from instanceof Map) {
            return true;
        }
        ObjectMapper all = mapper();
        JavaType type = all.constructType(from instanceof Class<?> raw ? raw : from.getClass());
        return all.getDeserializationConfig().introspect(type).findAnySetterAccessor() != null;
    }

    @Override
    public byte[] write(Object value) throws IOException {
        return mapper().writeValueAsBytes(value);
    }
}
