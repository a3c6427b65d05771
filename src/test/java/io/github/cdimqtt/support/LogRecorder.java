package io.github.cdimqtt.support;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Records the lines of a logger, and keeps them off the console, until it is closed; as an extension until the end of the test.
 * Thread-safe.
 */
public final class LogRecorder extends Handler implements AutoCloseable, AfterEachCallback {
    private final List<LogRecord> records = new CopyOnWriteArrayList<>();
    private final Level before; // null for that of the parent
    private final Logger logger; // referred to here, or it would be collected with this handler

    private LogRecorder(Logger logger) {
        this.logger = logger;
        before = logger.getLevel();
        setLevel(Level.INFO); // whatever the level of the logger is
    }

    /** Records what is logged under a name, and below it. */
    public static LogRecorder of(String name) {
        LogRecorder recorder = new LogRecorder(Logger.getLogger(name));
        recorder.logger.addHandler(recorder);
        recorder.logger.setUseParentHandlers(false);
        return recorder;
    }

    /** Records lines at {@code DEBUG} too. */
    public LogRecorder withDebug() {
        logger.setLevel(Level.FINE);
        setLevel(Level.FINE);
        return this;
    }

    /** Returns the lines so far, each with its level before it. */
    public List<String> lines() {
        return records.stream()
                .map(line -> line.getLevel().getName() + " " + line.getMessage())
                .toList();
    }

    /** Returns the exceptions of the lines that have one. */
    public List<Throwable> thrown() {
        return records.stream()
                .map(LogRecord::getThrown)
                .filter(thrown -> thrown != null)
                .toList();
    }

    @Override
    public void publish(LogRecord line) {
        if (isLoggable(line)) {
            records.add(line);
        }
    }

    @Override
    public void flush() {
        // Nothing is buffered.
    }

    @Override
    public void afterEach(ExtensionContext test) {
        close();
    }

    @Override
    public void close() {
        logger.removeHandler(this);
        if (getLevel() == Level.FINE) {
            logger.setLevel(before);
        }
        logger.setUseParentHandlers(true);
    }
}
