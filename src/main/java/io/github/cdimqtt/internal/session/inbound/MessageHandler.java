package io.github.cdimqtt.internal.session.inbound;

import io.github.cdimqtt.internal.session.subscription.Recipient;
import io.github.cdimqtt.internal.transport.InboundMessage;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Hands messages to those that observe them. */
public interface MessageHandler {

    /**
     * Handles a message; may block. Called by one thread at a time for each lane, in order.
     *
     * @param recipients whom it is for, each with a filter that matches; null if for all that match
     * @return completes when all observers are done, async ones too; never exceptionally
     */
    CompletableFuture<Outcome> handle(InboundMessage message, @Nullable Set<Recipient> recipients);
}
