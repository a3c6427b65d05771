package io.github.cdimqtt.support;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Keeps warnings and errors of cdi-mqtt off the console where tests provoke them on purpose. Faults of cdi-mqtt itself
 * (MQTT-190 and up) fail the test class.
 */
public final class QuietLog implements BeforeAllCallback, AfterAllCallback {

    private static final String FAULT = "MQTT-19";

    private final Logger logger = Logger.getLogger("io.github.cdimqtt");
    private final Faults faults = new Faults();

    @Override
    public void beforeAll(ExtensionContext test) {
        logger.setUseParentHandlers(false);
        logger.addHandler(faults);
    }

    @Override
    public void afterAll(ExtensionContext test) {
        logger.removeHandler(faults);
        logger.setUseParentHandlers(true);
        if (!faults.records.isEmpty()) {
            AssertionError failure = new AssertionError("cdi-mqtt logged a fault of its own: "
                    + faults.records.stream().map(LogRecord::getMessage).toList());
            faults.records.forEach(record -> failure.addSuppressed(record.getThrown()));
            throw failure;
        }
    }

    private static final class Faults extends Handler {

        private final List<LogRecord> records = new CopyOnWriteArrayList<>();

        @Override
        public void publish(LogRecord record) {
            if (String.valueOf(record.getMessage()).contains(FAULT)) {
                records.add(record);
            }
        }

        @Override
        public void flush() {
            // Nothing is buffered.
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }
}
