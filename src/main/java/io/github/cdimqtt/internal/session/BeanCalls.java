package io.github.cdimqtt.internal.session;

import io.github.cdimqtt.internal.concurrent.SerialExecutor;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Calls the application's beans that a connection waits for, its credentials and its authentication: one call at a time, even
 * if the attempt that it was for has ended. So no bean is called twice at once, and a call that hangs occupies a single thread,
 * whatever the number of attempts. One for each session; on the session's executor only.
 */
final class BeanCalls {
    private record Call<T extends @Nullable Object>(
            ConnectionAttempt attempt, Supplier<T> step, Consumer<T> then, Consumer<Throwable> failed) {
        /** Calls the bean. Returns what is to be done with its answer. */
        Runnable answer() {
            try {
                T answer = step.get();
                return () -> then.accept(answer);
            } catch (Throwable e) { // a bean may throw anything
                return () -> failed.accept(e);
            }
        }
    }

    private final Executor threads;
    private final SerialExecutor executor;
    private @Nullable Call<?> waiting; // the next step of the latest attempt
    private boolean calling;

    /**
     * Creates it.
     *
     * @param threads runs the calls; always has a free thread
     * @param executor the session's
     */
    BeanCalls(Executor threads, SerialExecutor executor) {
        this.threads = threads;
        this.executor = executor;
    }

    /**
     * Calls a bean, as soon as the call before has ended. An attempt has one step at a time; once it is closed, its step is not
     * begun, and an answer that comes late is dropped.
     *
     * @param step may block
     * @param then receives what the step returned
     * @param failed receives what it threw, or why there is no thread for it
     */
    <T extends @Nullable Object> void call(
            ConnectionAttempt attempt, Supplier<T> step, Consumer<T> then, Consumer<Throwable> failed) {
        Call<T> call = new Call<>(attempt, step, then, failed);
        if (calling) {
            waiting = call; // one that waited was for an attempt that is closed
        } else {
            begin(call);
        }
    }

    private void begin(Call<?> call) {
        calling = true;
        try {
            threads.execute(() -> {
                Runnable then = call.answer();
                executor.execute(() -> ended(call, then));
            });
        } catch (Throwable noThread) { // out of memory, or refused by the server
            ended(call, () -> call.failed().accept(noThread));
        }
    }

    private void ended(Call<?> call, Runnable then) {
        calling = false;
        Call<?> next = waiting;
        waiting = null;
        if (next != null && !next.attempt().isClosed()) {
            begin(next);
        }
        if (!call.attempt().isClosed()) {
            then.run();
        }
    }
}
