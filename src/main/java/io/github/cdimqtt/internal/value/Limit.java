package io.github.cdimqtt.internal.value;

import org.jspecify.annotations.Nullable;

/** What a value may be. Stateless. */
@FunctionalInterface
public interface Limit<T> {

    /** Returns what is wrong with a value and what is allowed, in words that follow key and value; null if it is allowed. */
    @Nullable
    String fault(T value);

    /** Returns the limit that allows what both allow, and reports the fault of this one first. */
    default Limit<T> and(Limit<T> other) {
        return value -> {
            String fault = fault(value);
            return fault == null ? other.fault(value) : fault;
        };
    }
}
