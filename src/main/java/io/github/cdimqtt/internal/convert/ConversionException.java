package io.github.cdimqtt.internal.convert;

import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.MqttMessage;
import io.github.cdimqtt.internal.text.Printable;
import io.github.cdimqtt.internal.text.TypeName;
import java.lang.reflect.Type;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A payload or a topic variable does not convert to the type that an observer observes; redelivery would not help. */
public final class ConversionException extends MqttException {
    private static final long serialVersionUID = 1L;
    private static final int MOST_CAUSES = 10;
    private static final int MOST_FRAMES = 10;

    private final boolean ofEmptyPayload;

    ConversionException(String message) {
        this(message, null, false);
    }

    private ConversionException(String message, @Nullable Throwable cause, boolean ofEmptyPayload) {
        super(message, cause, false);
        this.ofEmptyPayload = ofEmptyPayload;
    }

    /** Returns whether the payload was empty, as when a retained message is removed (MQTT 3.1.1 [3.3.1-10]). */
    public boolean isOfEmptyPayload() {
        return ofEmptyPayload;
    }

    /** Makes one whose message does not hold the payload: of other messages only those of an MqttException are known not to. */
    static ConversionException ofPayload(MqttMessage message, Type type, Throwable cause) {
        String text = "the payload on '" + Printable.of(message.topic()) + "' does not convert to " + TypeName.of(type)
                + ": ";
        boolean empty = !message.payloadBuffer().hasRemaining();
        String reason = cause instanceof MqttException
                ? String.valueOf(cause.getMessage())
                : empty ? "empty payload" : types(cause);
        return new ConversionException(reason.startsWith(text) ? reason : text + reason, cause, empty);
    }

    /** Returns where its causes were thrown, without their messages, which may hold the payload. */
    public String trace() {
        return causes(getCause())
                .map(each -> each.getClass().getName()
                        + Stream.of(each.getStackTrace())
                                .limit(MOST_FRAMES)
                                .map(frame -> " at " + frame)
                                .collect(Collectors.joining()))
                .collect(Collectors.joining(", caused by "));
    }

    /** Returns the names of an exception and its causes, without their messages. */
    public static String types(Throwable thrown) {
        return causes(thrown)
                .map(each -> TypeName.of(each.getClass()))
                .distinct()
                .collect(Collectors.joining(", caused by "));
    }

    private static Stream<Throwable> causes(@Nullable Throwable thrown) {
        return Stream.iterate(thrown, Objects::nonNull, Throwable::getCause).limit(MOST_CAUSES);
    }
}
