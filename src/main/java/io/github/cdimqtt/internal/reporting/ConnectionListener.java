package io.github.cdimqtt.internal.reporting;

import io.github.cdimqtt.MqttEvent;
import java.lang.System.Logger.Level;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Receives the events and log lines of one connection. Called on any thread; returns at once. */
public interface ConnectionListener {
    /** Returns the name of the connection. */
    String broker();

    /** Returns whether events of this type have an observer; if not, they need not be made. */
    boolean observes(Class<? extends MqttEvent> type);

    /** Receives an event of the connection. */
    void event(MqttEvent event);

    /**
     * Writes a line to the log.
     *
     * @param source the part of cdi-mqtt that writes it, for instance {@code session} or {@code dispatch}
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
