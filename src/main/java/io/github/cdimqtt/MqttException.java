package io.github.cdimqtt;

import static java.util.Objects.requireNonNull;

import io.github.cdimqtt.internal.value.Faults;
import io.github.cdimqtt.internal.value.Limit;
import io.github.cdimqtt.internal.value.Limits;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The one exception of cdi-mqtt: its message says what is wrong, where, and what to do. */
public class MqttException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient @Nullable MqttReason reason; // of no serialisable type

    /** Creates an exception with a message. */
    public MqttException(String message) {
        super(message);
        this.reason = null;
    }

    /** Creates an exception with a message and what led to it. */
    public MqttException(String message, @Nullable Throwable cause) {
        this(message, cause, null);
    }

    /** Creates an exception with a message, what led to it, and what the broker answered. */
    public MqttException(String message, @Nullable Throwable cause, @Nullable MqttReason reason) {
        super(message, cause);
        this.reason = reason;
    }

    /** Creates an exception without a stack trace, for what is reported rather than thrown. */
    protected MqttException(String message, @Nullable Throwable cause, boolean stackTrace) {
        super(message, cause, true, stackTrace);
        this.reason = null;
    }

    /** Returns what the broker answered; null if this is not about an answer, and of an exception that was deserialised. */
    public @Nullable MqttReason reason() {
        return reason;
    }

    /** Returns a value that is allowed; of any other the exception starts with its key, and names it unless it is secret. */
    static <T> T checked(String key, T value, Limit<? super T> limit) {
        String wrong = limit.fault(requireNonNull(value, key));
        if (wrong != null) {
            throw new MqttException(Faults.of(key, value, wrong));
        }
        return value;
    }

    /** Returns a text that is allowed; null for null or an empty one, which unsets. */
    static @Nullable String checkedText(String key, @Nullable String value, Limit<String> limit) {
        return value == null || value.isEmpty() ? null : checked(key, value, limit);
    }

    /** Returns a copy of user properties that are allowed; an exception about others names none of them. */
    static List<Map.Entry<String, String>> checkedUserProperties(String key, List<Map.Entry<String, String>> value) {
        List<Map.Entry<String, String>> copy = value.stream()
                .map(each -> Map.entry(each.getKey(), each.getValue()))
                .toList();
        return checked(key, copy, Limits.USER_PROPERTIES);
    }

    /** Throws an exception that has a line, and one suppressed, for each fault; nothing if there is none. */
    static void throwAll(Faults faults) {
        if (!faults.texts().isEmpty()) {
            MqttException all = new MqttException(String.join("\n", faults.texts()));
            faults.texts().forEach(text -> all.addSuppressed(new MqttException(text)));
            throw all;
        }
    }
}
