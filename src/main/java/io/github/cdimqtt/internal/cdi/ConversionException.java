package io.github.cdimqtt.internal.cdi;

import io.github.cdimqtt.MqttException;
import org.jspecify.annotations.Nullable;

/** A payload or a topic variable is not what an observer asks for: sending it again would not help. */
final class ConversionException extends MqttException {
    private static final long serialVersionUID = 1L;

    ConversionException(String message) {
        this(message, null);
    }

    ConversionException(String message, @Nullable Throwable cause) {
        super(message, cause, false);
    }
}
