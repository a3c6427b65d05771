package io.github.cdimqtt.internal.application;

import io.github.cdimqtt.MqttEvent;
import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.internal.outbox.Outbox;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.internal.reporting.IgnoredFailures.KnownFailure;
import io.github.cdimqtt.internal.session.Session;
import io.github.cdimqtt.internal.text.Printable;
import io.github.cdimqtt.internal.transaction.TransactionEnd;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Writes a message to the outbox, within the transaction of the calling thread; without one, by itself.
 *
 * @param outbox null where there is none
 */
record OutboxPublishing(
        Session session,
        CallTransactions transactions,
        @Nullable Outbox outbox) implements Publishing {

    @Override
    public CompletionStage<MqttEvent.Published> send(Packet.Publish message) {
        String topic = message.topic();
        if (outbox == null) {
            throw new MqttException("the message to '" + Printable.of(topic)
                    + "' can't be kept: there is no outbox; set outbox.data-source");
        }
        outbox.check(message);
        CompletableFuture<MqttEvent.Published> stage = session.stage("publish");
        CompletableFuture<String> written = new CompletableFuture<>(); // the transaction may time out before
        boolean transactional = transactions.of(topic).onEnd(outbox, Integer.MAX_VALUE, end -> {
            CompletableFuture<?> unused = written.thenAccept(messageId -> ended(outbox, topic, messageId, end));
        });
        written.complete(outbox.write(message, transactional, stage));
        if (!transactional) {
            outbox.committed(written.join());
        }
        return stage;
    }

    /** The rest would commit without the message, where nobody looks at the stage. */
    @Override
    public void failed() {
        transactions.setRollbackOnly();
    }

    /** On the thread that ends the transaction: nothing here waits. */
    private static void ended(Outbox outbox, String topic, String messageId, TransactionEnd end) {
        String message = ": the message to '" + Printable.of(topic) + "' is ";
        switch (end) {
            case COMMITTED -> outbox.committed(messageId);
            case ROLLED_BACK ->
                outbox.notCommitted(
                        messageId, new KnownFailure("the transaction was rolled back" + message + "not sent"));
            case UNKNOWN ->
                outbox.notCommitted(
                        messageId,
                        new MqttException(
                                "the outcome of the transaction is unknown" + message + "sent if its row is there"));
        }
    }
}
