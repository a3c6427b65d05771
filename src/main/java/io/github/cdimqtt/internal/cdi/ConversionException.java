package io.github.cdimqtt.internal.cdi;

import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.MqttMessage;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/** A payload or a topic variable is not what an observer asks for: sending it again would not help. */
final class ConversionException extends MqttException {
    private static final long serialVersionUID = 1L;

    ConversionException(String message) {
        this(message, null);
    }

    private ConversionException(String message, @Nullable Throwable cause) {
        super(message, cause, false);
    }

    /** Makes one whose text leaves the payload out: only that of an MqttException is known to do so. */
    static ConversionException ofPayload(MqttMessage message, Type type, Throwable cause) {
        String text = "the payload on '" + message.topic() + "' does not convert to " + Place.name(type) + ": ";
        String reason = cause instanceof MqttException
                ? String.valueOf(cause.getMessage())
                : cause.getClass().getSimpleName();
        return new ConversionException(reason.startsWith(text) ? reason : text + reason, cause);
    }
}
