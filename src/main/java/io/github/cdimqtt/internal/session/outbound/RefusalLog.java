package io.github.cdimqtt.internal.session.outbound;

import io.github.cdimqtt.internal.concurrent.Timer;
import io.github.cdimqtt.internal.reporting.ConnectionListener;
import io.github.cdimqtt.internal.reporting.MessageId;
import java.time.Duration;

/** Logs messages that the broker refused: at most one line a second, with the number of the others. Thread-safe. */
final class RefusalLog {
    private static final Duration BETWEEN_LINES = Duration.ofSeconds(1);

    private final ConnectionListener listener;
    private final Timer timer;
    private boolean quiet;
    private String last = "";
    private long unlogged;

    RefusalLog(ConnectionListener listener, Timer timer) {
        this.listener = listener;
        this.timer = timer;
    }

    /** Logs a refusal, at the end of the second if there was a line before. */
    synchronized void add(String text) {
        last = text;
        unlogged++;
        if (!quiet) {
            log();
        }
    }

    private synchronized void quietEnded() {
        quiet = false;
        if (unlogged > 0) {
            log();
        }
    }

    private void log() {
        String line = last + (unlogged > 1 ? "; and " + (unlogged - 1) + " more" : "");
        unlogged = 0;
        quiet = true;
        timer.schedule(BETWEEN_LINES, this::quietEnded);
        listener.log(MessageId.PUBLISH_REFUSED, "session", () -> line);
    }
}
