package io.github.cdimqtt.internal.dispatch;

import io.github.cdimqtt.internal.concurrent.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Tells, once for each, of messages of QoS 1 and 2 whose observers take long: unacknowledged, they fill the broker's
 * window, and when that is full the broker falls silent. Thread-safe.
 */
final class SlowObserverWatch {
    /** How long observers may work before it is told. */
    static final Duration LONG = Duration.ofSeconds(60);

    private final Timer timer;
    private final Consumer<Dispatch> told;
    private final Map<Dispatch, Long> inWork = new ConcurrentHashMap<>(); // since when
    private final AtomicBoolean looking = new AtomicBoolean();

    /**
     * Creates it.
     *
     * @param told hears of a message that is overdue
     */
    SlowObserverWatch(Timer timer, Consumer<Dispatch> told) {
        this.timer = timer;
        this.told = told;
    }

    /** Observers begin to work on a message. */
    void begin(Dispatch firing) {
        inWork.put(firing, timer.nanoTime());
        lookAfter(LONG);
    }

    /** All of them are done. */
    void end(Dispatch firing) {
        inWork.remove(firing);
    }

    private void lookAfter(Duration delay) {
        if (looking.compareAndSet(false, true)) {
            timer.schedule(delay, this::look);
        }
    }

    private void look() {
        long now = timer.nanoTime();
        inWork.forEach((firing, since) -> {
            if (now - since >= LONG.toNanos() && inWork.remove(firing) != null) {
                told.accept(firing);
            }
        });
        looking.set(false);
        inWork.values().stream()
                .mapToLong(since -> since + LONG.toNanos() - now)
                .min()
                .ifPresent(left -> lookAfter(Duration.ofNanos(left)));
    }
}
