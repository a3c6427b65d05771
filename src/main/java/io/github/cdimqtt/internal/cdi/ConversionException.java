package io.github.cdimqtt.internal.cdi;

import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.MqttMessage;
import io.github.cdimqtt.internal.text.Printable;
import java.lang.reflect.Type;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A payload or a topic variable is not what an observer asks for: sending it again would not help. */
final class ConversionException extends MqttException {
    private static final long serialVersionUID = 1L;
    private static final int MOST_CAUSES = 10;

    ConversionException(String message) {
        this(message, null);
    }

    private ConversionException(String message, @Nullable Throwable cause) {
        super(message, cause, false);
    }

    /** Makes one whose text leaves the payload out: only that of an MqttException is known to do so. */
    static ConversionException ofPayload(MqttMessage message, Type type, Throwable cause) {
        String text =
                "the payload on '" + Printable.of(message.topic()) + "' does not convert to " + Place.name(type) + ": ";
        String reason = cause instanceof MqttException ? String.valueOf(cause.getMessage()) : types(cause);
        return new ConversionException(reason.startsWith(text) ? reason : text + reason, cause);
    }

    private static String types(Throwable thrown) {
        return Stream.iterate(thrown, Objects::nonNull, Throwable::getCause)
                .limit(MOST_CAUSES)
                .map(each -> Place.name(each.getClass()))
                .distinct()
                .collect(Collectors.joining(", caused by "));
    }
}
