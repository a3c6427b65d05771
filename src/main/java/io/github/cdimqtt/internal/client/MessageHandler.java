package io.github.cdimqtt.internal.client;

import java.util.concurrent.CompletableFuture;

/** Hands messages to those that observe them. */
public interface MessageHandler {

    /**
     * Handles a message; may block. Called by one thread at a time for each lane, in order.
     *
     * @return completes when all observers are done, async ones too; never exceptionally
     */
    CompletableFuture<Outcome> handle(InboundMessage message);
}
