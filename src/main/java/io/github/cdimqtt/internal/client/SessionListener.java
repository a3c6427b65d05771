package io.github.cdimqtt.internal.client;

import io.github.cdimqtt.MqttEvent;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a session tells upwards. Called on any thread; returns at once. */
public interface SessionListener {

    /** Tells whether anyone observes events of this type; those that nobody observes are not made. */
    boolean observes(Class<? extends MqttEvent> type);

    /** Something happened on the connection. */
    void event(MqttEvent event);

    /** A line for the log. Never holds a payload or a secret. */
    void log(System.Logger.Level level, String source, Supplier<String> text, @Nullable Throwable cause);
}
