package io.github.cdimqtt.internal.client;

import java.util.Random;
import java.util.function.Consumer;

/** Runs a test on random input, and tells the seed when it fails: {@code -Dseed=...} repeats it. */
final class Seeded {
    private Seeded() {}

    static void run(Consumer<Random> test) {
        long seed = Long.getLong("seed", System.nanoTime());
        try {
            test.accept(new Random(seed));
        } catch (Throwable e) {
            throw new AssertionError("failed with -Dseed=" + seed, e);
        }
    }

    @SafeVarargs
    static <T> T oneOf(Random random, T... values) {
        return values[random.nextInt(values.length)];
    }
}
