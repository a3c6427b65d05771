package io.github.cdimqtt.internal.session;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The channels that still send their last packets. On the session's executor only. */
final class ClosingChannels {
    private static final int TIMEOUT_SECONDS = 2;

    private CompletableFuture<@Nullable Void> allClosed = CompletableFuture.completedFuture(null);

    void add(CompletableFuture<@Nullable Void> whenClosed) {
        allClosed = CompletableFuture.allOf(allClosed, whenClosed);
    }

    /**
     * Runs an action when all are closed, at once or on their threads: a broker could close one of them for a new connection,
     * and not read it to its end.
     */
    void whenClosed(Runnable action) {
        CompletableFuture<?> unused = allClosed.thenRun(action);
    }

    boolean isEmpty() {
        return allClosed.isDone();
    }

    /** Waits until all are closed, which takes about a second. */
    void await() {
        try {
            allClosed.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            return; // a thread of theirs is stuck
        }
    }
}
