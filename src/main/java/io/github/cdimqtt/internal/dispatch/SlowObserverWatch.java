package io.github.cdimqtt.internal.dispatch;

import io.github.cdimqtt.internal.concurrent.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Reports, once for each, messages of QoS 1 and 2 whose observers take long: unacknowledged, they fill the broker's window,
 * and when that is full the broker sends nothing more. Thread-safe.
 */
final class SlowObserverWatch {
    /** How long observers may run before their message is reported. */
    static final Duration LONG = Duration.ofSeconds(60);

    private final Timer timer;
    private final Consumer<Dispatch> slow;
    private final Map<Dispatch, Long> running = new ConcurrentHashMap<>(); // since when
    private final AtomicBoolean scheduled = new AtomicBoolean();

    /**
     * Creates it.
     *
     * @param slow called with each message that takes long
     */
    SlowObserverWatch(Timer timer, Consumer<Dispatch> slow) {
        this.timer = timer;
        this.slow = slow;
    }

    /** The dispatch of a message begins. */
    void begin(Dispatch dispatch) {
        running.put(dispatch, timer.nanoTime());
        checkAfter(LONG);
    }

    /** All observers of a message are done. */
    void end(Dispatch dispatch) {
        running.remove(dispatch);
    }

    private void checkAfter(Duration delay) {
        if (scheduled.compareAndSet(false, true)) {
            timer.schedule(delay, this::check);
        }
    }

    private void check() {
        long now = timer.nanoTime();
        running.forEach((dispatch, since) -> {
            if (now - since >= LONG.toNanos() && running.remove(dispatch) != null) {
                slow.accept(dispatch);
            }
        });
        scheduled.set(false);
        running.values().stream()
                .mapToLong(since -> since + LONG.toNanos() - now)
                .min()
                .ifPresent(left -> checkAfter(Duration.ofNanos(left)));
    }
}
