package io.github.cdimqtt.internal.concurrent;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * A stage with the value of another one, converted, and with its failure as it is: {@link CompletionStage#thenApply} would wrap
 * that, so that applications could not tell it by its class. Thread-safe.
 */
public final class MappedStage<T> extends CompletableFuture<T> {
    private MappedStage() {}

    /** Returns the stage; it fails with what the function throws, too. */
    public static <S, T> CompletionStage<T> of(CompletionStage<S> source, Function<? super S, ? extends T> function) {
        MappedStage<T> mapped = new MappedStage<>();
        CompletionStage<S> unused = source.whenComplete((value, failure) -> {
            if (failure != null) {
                mapped.completeExceptionally(failure);
            } else {
                mapped.complete(value, function);
            }
        });
        return mapped;
    }

    private <S> void complete(S value, Function<? super S, ? extends T> function) {
        try {
            complete(function.apply(value));
        } catch (Throwable e) { // a converter of the application may throw anything
            completeExceptionally(e);
        }
    }
}
