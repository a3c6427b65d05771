package io.github.cdimqtt.internal.session.inbound;

import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.internal.session.subscription.Recipient;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Dispatches messages to their observers. */
public interface MessageHandler {

    /** Runs the handling of messages that follow one another on one thread. */
    default void batch(Runnable messages) {
        messages.run();
    }

    /** Returns how many consumers have subscribed so far: a message is for those that had when it was received. Any thread. */
    default int subscribed() {
        return 0;
    }

    /**
     * Handles a message, within {@link #batch}; may block. Each serial executor calls it for one message at a time, in order.
     *
     * @param recipients each has a filter that matches the message; null if it is for all that match
     * @param subscribed as {@link #subscribed} returned when it was received
     * @param failures receives the failure of each observer, on the observer's thread, before the handling completes
     * @return completes when all observers have completed, async ones too; never exceptionally
     */
    CompletableFuture<Outcome> handle(
            Packet.Publish message,
            @Nullable Set<Recipient> recipients,
            int subscribed,
            Consumer<ObserverFailure> failures);
}
