package io.github.cdimqtt.internal.concurrent;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A stage that knows whether another one was chained to it or it was taken as a future: all methods of a {@link
 * java.util.concurrent.CompletionStage} lead to one of those overridden here. If not, it can be completed on any thread,
 * because no code of the application depends on it. Thread-safe.
 */
public class TrackedStage<T extends @Nullable Object> extends CompletableFuture<T> {
    private enum State {
        UNOBSERVED,
        OBSERVED,
        COMPLETING
    }

    private final AtomicReference<State> state = new AtomicReference<>(State.UNOBSERVED);

    /** Returns whether anything depends on it. */
    public final boolean isObserved() {
        return state.get() == State.OBSERVED;
    }

    /** Returns whether the caller may complete it on its own thread, which it then does at once. */
    final boolean beginCompletion() {
        return state.compareAndSet(State.UNOBSERVED, State.COMPLETING);
    }

    @Override
    public <U> CompletableFuture<U> newIncompleteFuture() {
        observe();
        return new CompletableFuture<>();
    }

    @Override
    public CompletableFuture<T> toCompletableFuture() {
        observe();
        return this;
    }

    private void observe() {
        if (state.getAndSet(State.OBSERVED) == State.COMPLETING) {
            while (!isDone()) { // so that what is chained runs on the thread that chains it
                Thread.onSpinWait();
            }
        }
    }
}
