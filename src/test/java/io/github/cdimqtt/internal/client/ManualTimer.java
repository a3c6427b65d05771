package io.github.cdimqtt.internal.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Time that passes when the test says so. */
final class ManualTimer implements Timer {
    private record Planned(long at, Runnable task) {}

    private final List<Planned> planned = new ArrayList<>();
    private long now;

    @Override
    public long nanoTime() {
        return now;
    }

    @Override
    public Task schedule(Duration delay, Runnable task) {
        Planned plan = new Planned(now + delay.toNanos(), task);
        planned.add(plan);
        return () -> planned.remove(plan);
    }

    /** Lets time pass, and runs what falls due, in order. */
    void pass(Duration duration) {
        long end = now + duration.toNanos();
        for (Planned next = next(end); next != null; next = next(end)) {
            planned.remove(next);
            now = next.at();
            next.task().run();
        }
        now = end;
    }

    private Planned next(long end) {
        return planned.stream()
                .filter(each -> each.at() <= end)
                .min(Comparator.comparingLong(Planned::at))
                .orElse(null);
    }
}
