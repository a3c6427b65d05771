package io.github.cdimqtt.resilience;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for stages. */
final class Stages {

    private Stages() {}

    /** Waits for a stage, which must succeed. */
    static <T> T await(CompletionStage<T> stage, Duration patience) {
        try {
            return stage.toCompletableFuture().get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new AssertionError("the stage failed", e.getCause());
        } catch (TimeoutException e) {
            throw new AssertionError("a stage is open after " + patience);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Waits until all are complete, normally or not; returns how many failed. */
    static long awaitAll(List<? extends CompletionStage<?>> stages, Duration patience) {
        List<CompletableFuture<?>> all = new ArrayList<>();
        stages.forEach(stage -> all.add(stage.toCompletableFuture()));
        try {
            CompletableFuture.allOf(all.toArray(CompletableFuture[]::new))
                    .handle((done, failure) -> done)
                    .get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            long open = all.stream().filter(stage -> !stage.isDone()).count();
            throw new AssertionError(open + " of " + all.size() + " stages are open after " + patience);
        } catch (ExecutionException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
        return all.stream().filter(CompletableFuture::isCompletedExceptionally).count();
    }
}
