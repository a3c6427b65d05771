package io.github.cdimqtt.internal.value;

import org.jspecify.annotations.Nullable;

/** The whole numbers from one to another, both included. */
public record IntRange(int min, int max) implements Limit<Integer> {

    @Override
    public @Nullable String fault(Integer value) {
        return value < min || value > max ? "out of range; " + this : null;
    }

    /** Returns the range as a person would write it: {@code 1 to 65535}, {@code 1 or more}. */
    @Override
    public String toString() {
        return max == Integer.MAX_VALUE ? min + " or more" : min + " to " + max;
    }
}
