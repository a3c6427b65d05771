package io.github.cdimqtt.internal.memory;

import java.util.concurrent.CompletableFuture;

/** An application with a connection to a broker inside this JVM, over all its channels. Thread-safe. */
public interface MemoryClient {
    /**
     * Completes when the application is connected, its subscriptions are answered, and what it has asked for so far has reached the
     * broker. Fails if it is not to be connected. Returns at once.
     */
    CompletableFuture<?> ready();
}
