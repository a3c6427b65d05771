package io.github.cdimqtt;

import org.jspecify.annotations.Nullable;

/** The one exception of cdi-mqtt: its message says what is wrong, where, and what to do. */
public class MqttException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Creates an exception with a message. */
    public MqttException(String message) {
        super(message);
    }

    /** Creates an exception with a message and what led to it. */
    public MqttException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** Creates an exception without a stack trace, for what is reported rather than thrown. */
    protected MqttException(String message, @Nullable Throwable cause, boolean stackTrace) {
        super(message, cause, true, stackTrace);
    }
}
