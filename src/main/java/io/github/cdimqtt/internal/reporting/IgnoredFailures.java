package io.github.cdimqtt.internal.reporting;

import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.MqttReason;
import io.github.cdimqtt.internal.concurrent.Timer;
import io.github.cdimqtt.internal.concurrent.TrackedStage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Logs failures of calls whose stage the application ignores: of each kind at most one a second, with the number of the
 * others. Thread-safe.
 */
public final class IgnoredFailures {
    static final Duration TIME_TO_LOOK = Duration.ofMillis(100);
    static final Duration BETWEEN_LINES = Duration.ofSeconds(1);

    /** The part in which failures of one kind differ. */
    private static final Pattern QUOTED = Pattern.compile("'[^']*'");

    private static final String PUBLISH = "publish";
    private static final int MOST_KINDS = 100;
    private static final int MOST_STAGES = 10_000;

    /** The failure of a call that is in the log already, or that the application caused itself. */
    public static final class KnownFailure extends MqttException {
        private static final long serialVersionUID = 1L;

        public KnownFailure(String message) {
            super(message);
        }

        public KnownFailure(String message, MqttReason reason) {
            super(message, null, reason);
        }
    }

    private record Kind(String call, String text) {}

    /** Failures of one kind since the last line. Guarded by the map of all. */
    private static final class Failures {
        private final List<Stage<?>> stages = new ArrayList<>();
        private String text = "";
        private boolean scheduled;
        private long quietUntil;
        private long more; // than can be kept

        private void add(Stage<?> stage, String failure) {
            if (stages.isEmpty()) {
                text = failure;
            }
            if (stages.size() < MOST_STAGES) {
                stages.add(stage);
            } else {
                more++;
            }
        }

        /** Removes them, and returns how many are ignored. */
        private long take() {
            long ignored = stages.stream().filter(stage -> !stage.isObserved()).count() + more;
            stages.clear();
            more = 0;
            return ignored;
        }
    }

    private final ConnectionListener listener;
    private final Timer timer;
    private final Map<Kind, Failures> kinds = new HashMap<>(); // guarded by itself
    private boolean closed; // guarded by kinds

    public IgnoredFailures(ConnectionListener listener, Timer timer) {
        this.listener = listener;
        this.timer = timer;
    }

    /** Returns a stage for a caller, which may ignore it. */
    public <T extends @Nullable Object> CompletableFuture<T> stage(String call) {
        return new Stage<>(call, this);
    }

    private void failed(Stage<?> stage, Throwable cause) {
        if (cause instanceof KnownFailure) {
            return;
        }
        String text = String.valueOf(cause.getMessage());
        Kind kind = new Kind(stage.call, QUOTED.matcher(text).replaceAll("''"));
        synchronized (kinds) {
            if (kinds.size() >= MOST_KINDS && !kinds.containsKey(kind)) {
                kind = new Kind(stage.call, "");
            }
            Failures failures = kinds.computeIfAbsent(kind, first -> new Failures());
            failures.add(stage, text);
            if (!failures.scheduled) {
                failures.scheduled = true;
                schedule(kind, failures);
            }
        }
    }

    /** After the end there is no time: what fails then is logged at once, where it is not too soon. */
    private void schedule(Kind kind, Failures failures) {
        long quiet = failures.quietUntil - timer.nanoTime();
        if (!closed) {
            timer.schedule(Duration.ofNanos(Math.max(TIME_TO_LOOK.toNanos(), quiet)), () -> log(kind));
        } else if (quiet <= 0) {
            log(kind);
        } else {
            failures.scheduled = false;
        }
    }

    private void log(Kind kind) {
        String text;
        long ignored;
        synchronized (kinds) {
            Failures failures = kinds.get(kind);
            if (failures == null) {
                return;
            }
            failures.scheduled = false;
            text = failures.text;
            ignored = failures.take();
            if (ignored == 0 && !closed) {
                kinds.remove(kind);
                return;
            }
            failures.quietUntil = timer.nanoTime() + BETWEEN_LINES.toNanos();
        }
        if (ignored > 0) {
            MessageId id = PUBLISH.equals(kind.call()) ? MessageId.PUBLISH_FAILED : MessageId.CALL_FAILED;
            listener.log(id, "session", () -> line(kind.call(), text, ignored));
        }
    }

    private static String line(String call, String text, long ignored) {
        return call
                + " failed, and nothing is chained to its stage: " + text
                + (ignored > 1 ? "; and " + (ignored - 1) + " more of the kind" : "");
    }

    /** Logs what is scheduled, at once. */
    public void close() {
        List<Kind> all;
        synchronized (kinds) {
            closed = true;
            all = List.copyOf(kinds.keySet());
        }
        all.forEach(this::log);
    }

    private static final class Stage<T extends @Nullable Object> extends TrackedStage<T> {
        private final String call;
        private final IgnoredFailures failures;

        Stage(String call, IgnoredFailures failures) {
            this.call = call;
            this.failures = failures;
        }

        @Override
        public boolean completeExceptionally(Throwable cause) {
            boolean first = super.completeExceptionally(cause);
            if (first && !isObserved()) {
                failures.failed(this, cause);
            }
            return first;
        }
    }
}
