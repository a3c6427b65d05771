package io.github.cdimqtt.internal.concurrent;

import org.jspecify.annotations.Nullable;

/** A value bound to the thread while a block runs; the value before it is restored afterwards. Thread-safe. */
public final class Scoped<T> {
    @SuppressWarnings("ThreadLocalUsage") // not static: a server may share the jar between applications
    private final ThreadLocal<@Nullable T> current = new ThreadLocal<>();

    /** Returns the value bound to this thread; null for none. */
    public @Nullable T get() {
        return current.get();
    }

    /**
     * Runs a block with a value.
     *
     * @param value bound to this thread meanwhile; null for none
     */
    public <E extends Exception> void run(@Nullable T value, Block<E> block) throws E {
        T outer = current.get();
        bind(value);
        try {
            block.run();
        } finally {
            bind(outer);
        }
    }

    private void bind(@Nullable T value) {
        if (value == null) {
            current.remove();
        } else {
            current.set(value);
        }
    }

    /** What runs while a value is bound. */
    public interface Block<E extends Exception> {
        /** Runs it. */
        void run() throws E;
    }
}
