package io.github.cdimqtt.support;

import java.util.Random;
import java.util.function.Consumer;

/** Runs a test with random input, and prints its seed: {@code -Dfuzz.seed=...} repeats it. */
public final class Seeded {
    private Seeded() {}

    /** Runs a test of this name. */
    public static void run(String test, Consumer<Random> body) {
        long seed = Long.getLong("fuzz.seed", System.nanoTime());
        System.out.println(test + ": fuzz.seed=" + seed);
        try {
            body.accept(new Random(seed));
        } catch (Throwable e) {
            throw new AssertionError("failed with -Dfuzz.seed=" + seed, e);
        }
    }

    @SafeVarargs
    public static <T> T oneOf(Random random, T... values) {
        return values[random.nextInt(values.length)];
    }
}
