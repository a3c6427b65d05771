package io.github.cdimqtt.internal.reporting;

import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/** Writes the log of cdi-mqtt. Thread-safe. */
public final class Log {
    private static final System.Logger LOGGER = System.getLogger("io.github.cdimqtt");

    private Log() {}

    /** Writes a message of the catalogue. */
    public static void write(MessageId id, String text) {
        write(id.level(), id + ": " + text, null);
    }

    /** Writes a message of the catalogue with the stack trace of its cause. */
    public static void write(MessageId id, String text, @Nullable Throwable cause) {
        write(id.level(), id + ": " + text, cause);
    }

    /** Writes a line for the diagnosis of faults, at {@code DEBUG}. */
    public static void debug(String text, @Nullable Throwable cause) {
        write(Level.DEBUG, text, cause);
    }

    /** Writes a line as it is. */
    public static void write(Level level, String line, @Nullable Throwable cause) {
        if (cause == null) {
            LOGGER.log(level, line);
        } else {
            LOGGER.log(level, line, cause);
        }
    }

    /** Returns whether lines of a level are written. */
    public static boolean isLoggable(Level level) {
        return LOGGER.isLoggable(level);
    }
}
