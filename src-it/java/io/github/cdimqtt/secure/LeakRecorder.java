package io.github.cdimqtt.secure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Examines all that is printed and logged during a test, at every level, for the canary of its secrets. Thread-safe. */
final class LeakRecorder implements BeforeEachCallback, AfterEachCallback {
    private static final List<String> LEAKED = new CopyOnWriteArrayList<>(); // static, for beans of the application

    private final Logger root = Logger.getLogger("");
    private final Level before = root.getLevel();
    private final Handler[] handlers = root.getHandlers();
    private final PrintStream out = System.out;
    private final PrintStream err = System.err;
    private final AtomicInteger records = new AtomicInteger();
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final Handler everything = new Handler() {
        private final SimpleFormatter formatter = new SimpleFormatter();

        @Override
        public void publish(LogRecord record) {
            records.incrementAndGet();
            examine(formatter.format(record));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    /** Records a text if it holds the canary. */
    static void examine(String text) {
        if (text.contains("canary")) {
            LEAKED.add(text);
        }
    }

    /** Records a stack trace if it holds the canary. */
    static void examine(Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        examine(text.toString());
    }

    @Override
    public void beforeEach(ExtensionContext test) {
        LEAKED.clear();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        System.setErr(System.out);
        for (Handler handler : handlers) {
            root.removeHandler(handler);
        }
        everything.setLevel(Level.ALL);
        root.addHandler(everything);
        root.setLevel(Level.ALL);
        Logger.getLogger("io.github.cdimqtt").setLevel(Level.ALL);
    }

    @Override
    public void afterEach(ExtensionContext test) {
        root.removeHandler(everything);
        for (Handler handler : handlers) {
            root.addHandler(handler);
        }
        root.setLevel(before);
        Logger.getLogger("io.github.cdimqtt").setLevel(null);
        System.setOut(out);
        System.setErr(err);
    }

    /** Asserts that something was logged, and that nothing held the canary. */
    void assertNone() {
        examine(printed.toString(StandardCharsets.UTF_8));
        assertThat(LEAKED).isEmpty();
        assertThat(records).hasPositiveValue();
    }
}
