package io.github.cdimqtt.internal.reporting;

import io.github.cdimqtt.MqttEvent;
import java.lang.System.Logger.Level;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Takes what happens on one connection: events and log lines. Called on any thread; returns at once. */
public interface ConnectionListener {
    /** Returns the name of the connection. */
    String broker();

    /** Tells whether anyone observes events of this type; those that nobody observes are not made. */
    boolean observes(Class<? extends MqttEvent> type);

    /** Something happened on the connection. */
    void event(MqttEvent event);

    /**
     * Writes a line to the log. Never holds a payload or a secret.
     *
     * @param source what writes it, for instance {@code session} or {@code dispatch}
     */
    void log(Level level, String source, Supplier<String> line, @Nullable Throwable cause);

    /** Writes a line of the catalogue. */
    default void log(MessageId id, String source, Supplier<String> text) {
        log(id.level(), source, () -> id + ": " + text.get(), null);
    }

    /** Writes a line of the catalogue with the stack trace of its cause. */
    default void log(MessageId id, String source, Supplier<String> text, Throwable cause) {
        log(id.level(), source, () -> id + ": " + text.get(), cause);
    }
}
