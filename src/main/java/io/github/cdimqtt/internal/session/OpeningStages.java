package io.github.cdimqtt.internal.session;

import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.internal.concurrent.StageCompleter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The stages that complete when the connection opens. On the session's executor only. */
final class OpeningStages {
    private final StageCompleter completer;
    private final List<CompletableFuture<@Nullable Void>> waiting = new ArrayList<>();
    private final List<CompletableFuture<@Nullable Void>> failFast = new ArrayList<>();

    OpeningStages(StageCompleter completer) {
        this.completer = completer;
    }

    /** Adds a stage that waits while attempts fail. */
    void add(CompletableFuture<@Nullable Void> stage) {
        waiting.add(stage);
    }

    /** Adds a stage that fails when no address of the broker answered. */
    void addFailFast(CompletableFuture<@Nullable Void> stage) {
        failFast.add(stage);
    }

    /** Completes a stage that was requested while the connection is open. */
    void complete(CompletableFuture<@Nullable Void> stage) {
        completer.complete(stage);
    }

    /** Completes all stages: the connection is open. */
    void completeAll() {
        completer.completeAll(waiting);
        completer.completeAll(failFast);
    }

    /** Fails the stages that do not wait: no address of the broker answered. */
    void failFast(MqttException cause) {
        completer.failAll(failFast, cause);
    }

    /** Fails a stage that needs an open connection. */
    void fail(CompletableFuture<@Nullable Void> stage, MqttException cause) {
        completer.fail(stage, cause);
    }

    void failAll(MqttException cause) {
        completer.failAll(waiting, cause);
        completer.failAll(failFast, cause);
    }
}
