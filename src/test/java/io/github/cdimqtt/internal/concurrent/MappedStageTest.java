package io.github.cdimqtt.internal.concurrent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** A failure comes through as it is, and so does what the function throws. */
class MappedStageTest {
    private static Object outcome(CompletionStage<?> stage) {
        return stage.handle((value, failure) -> failure == null ? value : failure)
                .toCompletableFuture()
                .join();
    }

    @Test
    void of_aValue_isTheValueConverted() {
        CompletableFuture<String> source = new CompletableFuture<>();
        CompletionStage<Integer> mapped = MappedStage.of(source, Integer::valueOf);
        assertThat(mapped.toCompletableFuture()).isNotDone();
        source.complete("3");
        assertThat(outcome(mapped)).isEqualTo(3);
    }

    @Test
    void of_aFailure_isTheFailureItself() {
        Exception failure = new IllegalStateException("as asked");
        assertThat(outcome(MappedStage.of(CompletableFuture.<String>failedStage(failure), Integer::valueOf)))
                .isSameAs(failure);
    }

    @Test
    void of_aFunctionThatThrows_isWhatItThrew() {
        assertThat(outcome(MappedStage.of(CompletableFuture.completedStage("three"), Integer::valueOf)))
                .isExactlyInstanceOf(NumberFormatException.class);
    }
}
