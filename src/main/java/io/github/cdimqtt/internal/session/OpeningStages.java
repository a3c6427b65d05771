package io.github.cdimqtt.internal.session;

import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.internal.concurrent.StageCompleter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The stages of those who wait for the connection to open. On the session's executor only. */
final class OpeningStages {
    private final StageCompleter completer;
    private final List<CompletableFuture<@Nullable Void>> patient = new ArrayList<>();
    private final List<CompletableFuture<@Nullable Void>> impatient = new ArrayList<>();

    OpeningStages(StageCompleter completer) {
        this.completer = completer;
    }

    /** Adds one that waits while attempts fail. */
    void add(CompletableFuture<@Nullable Void> stage) {
        patient.add(stage);
    }

    /** Adds one that fails when no address answered. */
    void addImpatient(CompletableFuture<@Nullable Void> stage) {
        impatient.add(stage);
    }

    /** Completes one that comes while the connection is open. */
    void complete(CompletableFuture<@Nullable Void> stage) {
        completer.complete(stage);
    }

    /** The connection is open. */
    void completeAll() {
        completer.completeAll(patient);
        completer.completeAll(impatient);
    }

    /** No address answered. */
    void failImpatient(MqttException cause) {
        completer.failAll(impatient, cause);
    }

    void failAll(MqttException cause) {
        completer.failAll(patient, cause);
        completer.failAll(impatient, cause);
    }
}
