package io.github.cdimqtt.internal.session;

import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.internal.concurrent.SerialExecutor;
import io.github.cdimqtt.internal.concurrent.StageCompleter;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs calls of the application as tasks of the session's executor, and counts those that wait: a call that bypasses the
 * executor must not overtake them. Thread-safe.
 */
final class SubmittedCalls {
    private final SerialExecutor executor;
    private final StageCompleter completer;
    private final String broker;
    private final AtomicInteger waiting = new AtomicInteger();
    private boolean ended; // on the executor only

    SubmittedCalls(SerialExecutor executor, StageCompleter completer, String broker) {
        this.executor = executor;
        this.completer = completer;
        this.broker = broker;
    }

    /** Returns the number of calls that have not run yet. */
    int waiting() {
        return waiting.get();
    }

    /** Submits a call, which completes its stage itself. The stage fails if the session has ended by then. */
    <T extends @Nullable Object> CompletableFuture<T> submit(
            CompletableFuture<T> stage, Consumer<CompletableFuture<T>> call) {
        waiting.incrementAndGet();
        executor.offer(
                () -> {
                    try {
                        run(call, stage);
                    } finally {
                        waiting.decrementAndGet();
                    }
                },
                () -> {
                    waiting.decrementAndGet();
                    stage.completeExceptionally(endedWithApplication());
                });
        return stage;
    }

    private <T extends @Nullable Object> void run(Consumer<CompletableFuture<T>> call, CompletableFuture<T> stage) {
        if (ended) {
            completer.fail(stage, endedWithApplication());
            return;
        }
        try {
            call.accept(stage);
        } catch (Throwable e) {
            completer.fail(stage, new MqttException("a fault of cdi-mqtt: " + e, e));
            throw e;
        }
    }

    /** Fails all later calls. On the executor. */
    void end() {
        ended = true;
    }

    /** Returns whether all later calls fail. On the executor. */
    boolean hasEnded() {
        return ended;
    }

    /** Returns the failure of a call after the end. */
    MqttException endedWithApplication() {
        return new MqttException("the connection '" + broker + "' has ended with its application");
    }
}
