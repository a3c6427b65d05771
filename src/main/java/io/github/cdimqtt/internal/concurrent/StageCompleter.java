package io.github.cdimqtt.internal.concurrent;

import io.github.cdimqtt.MqttException;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Completes the stages returned to the application: on threads where chained callbacks may block, or at once if nothing is
 * chained. Thread-safe.
 */
public final class StageCompleter {
    /** Completes stages that no application code is chained to, on the calling thread. */
    public static final StageCompleter DIRECT = new StageCompleter(Runnable::run);

    private final Executor callbacks;

    public StageCompleter(Executor callbacks) {
        this.callbacks = callbacks;
    }

    public <T> void complete(CompletableFuture<T> future, T value) {
        if (!(future instanceof TrackedStage<T> stage && stage.beginCompletion() && stage.complete(value))) {
            run(() -> future.complete(value));
        }
    }

    @SuppressWarnings("NullAway") // the one value of Void
    public void complete(CompletableFuture<@Nullable Void> future) {
        run(() -> future.complete(null));
    }

    public void fail(CompletableFuture<?> future, MqttException cause) {
        run(() -> future.completeExceptionally(cause));
    }

    public void completeAll(Collection<CompletableFuture<@Nullable Void>> futures) {
        futures.forEach(this::complete);
        futures.clear();
    }

    public void failAll(Collection<? extends CompletableFuture<?>> futures, MqttException cause) {
        futures.forEach(future -> fail(future, cause));
        futures.clear();
    }

    private void run(Runnable completion) {
        try {
            callbacks.execute(completion);
        } catch (RejectedExecutionException closed) {
            completion.run(); // the application is ending: this thread is better than never
        }
    }
}
