package io.github.cdimqtt.quarkus;

import static java.util.concurrent.TimeUnit.SECONDS;

import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** What observers have heard, in their order. Thread-safe. */
@Singleton
public class Heard {
    private static final int PATIENCE = 20; // seconds

    private final BlockingQueue<String> all = new LinkedBlockingQueue<>();

    public void add(String line) {
        all.add(line);
    }

    /** Awaits so many lines, and returns them. */
    public List<String> next(int count) throws InterruptedException {
        List<String> taken = new ArrayList<>();
        while (taken.size() < count) {
            String line = all.poll(PATIENCE, SECONDS);
            if (line == null) {
                throw new AssertionError("within " + PATIENCE + " s only " + taken);
            }
            taken.add(line);
        }
        return taken;
    }

    /** Awaits a line, and forgets those before it. */
    public void until(String line) throws InterruptedException {
        while (!next(1).contains(line)) {
            continue;
        }
    }

    /** Returns what was heard since. */
    public List<String> rest() {
        List<String> taken = new ArrayList<>();
        all.drainTo(taken);
        return taken;
    }
}
